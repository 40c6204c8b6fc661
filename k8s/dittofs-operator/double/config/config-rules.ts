import { StartError } from "../start-error.ts";
import { type ConfigValue, textOf } from "./config-value.ts";
import { durationText } from "./duration.ts";
import { ldapProblem } from "./ldap-problem.ts";

type Values = ReadonlyMap<string, ConfigValue>;
type Rule = (values: Values) => string | undefined;

const minuteMs = 60_000;

const machineSid: Rule = (values) => {
  const sid = text(values, "identity.machine_sid");
  if (sid === "" || /^S-1-5-21-\d+-\d+-\d+$/.test(sid)) return undefined;
  return `identity.machine_sid "${sid}" is invalid: it must be S-1-5-21-a-b-c`;
};

const ldap: Rule = (values) => {
  if (values.get("ldap.enabled") !== true) return undefined;
  return ldapProblem({
    url: text(values, "ldap.url"),
    start_tls: values.get("ldap.start_tls") === true,
    allow_plaintext: values.get("ldap.allow_plaintext") === true,
    base_dn: text(values, "ldap.base_dn"),
    bind_dn: text(values, "ldap.bind_dn"),
    bind_password: text(values, "ldap.bind_password"),
    idmap: text(values, "ldap.idmap"),
    tls: { min_version: text(values, "ldap.tls.min_version") },
  });
};

const kerberosNames: Rule = (values) => {
  const principal = text(values, "kerberos.service_principal");
  const realm = text(values, "kerberos.realm") || principal.slice(principal.lastIndexOf("@") + 1 || principal.length);
  if (/[@/ ]/.test(realm)) return `kerberos.realm "${realm}" must not contain '@', '/', or spaces`;
  const netbios = text(values, "kerberos.netbios_domain");
  if (/[.@/ ]/.test(netbios)) return `kerberos.netbios_domain "${netbios}" must be a single label`;
  const dns = text(values, "kerberos.dns_domain");
  return /[@/ ]/.test(dns) ? `kerberos.dns_domain "${dns}" must not contain '@', '/', or spaces` : undefined;
};

const onlineJoin: Rule = (values) => {
  const join = "kerberos.machine_account.online_join";
  if (values.get(`${join}.enabled`) !== true) return undefined;
  if (values.get("kerberos.machine_account.enabled") !== true)
    return `${join}.enabled requires kerberos.machine_account.enabled`;
  const url = text(values, `${join}.ldap_url`).trim().toLowerCase();
  if (url === "") return `${join}.ldap_url is required when online_join is enabled`;
  if (url.startsWith("ldap://") && values.get(`${join}.start_tls`) !== true)
    return `${join}.ldap_url uses plaintext ldap://; set start_tls`;
  if (!/^ldaps?:/.test(url)) return `${join}.ldap_url must use ldap:// or ldaps://`;
  const missing = ["bind_dn", "bind_password", "base_dn"].find((key) => text(values, `${join}.${key}`) === "");
  return missing === undefined ? undefined : `${join}.${missing} is required`;
};

function atLeast(key: string, leastMs: number): Rule {
  return (values) => {
    const valueMs = Number(values.get(key));
    return valueMs >= leastMs ? undefined : `${key} is ${durationText(valueMs)}, the least is ${durationText(leastMs)}`;
  };
}

// A grace period of zero or less means the default, which the values have by now.
const rules: readonly Rule[] = [
  kerberosNames,
  onlineJoin,
  atLeast("gc.grace_period", 5 * minuteMs),
  atLeast("gc.auto_interval", minuteMs),
  machineSid,
  ldap,
];

/** Checks what a key alone cannot tell. Throws StartError naming the key. */
export function checkConfigRules(values: Values): void {
  for (const rule of rules) {
    const problem = rule(values);
    if (problem !== undefined) throw new StartError(`configuration validation failed: ${problem}`);
  }
}

function text(values: Values, key: string): string {
  return textOf(values.get(key));
}
