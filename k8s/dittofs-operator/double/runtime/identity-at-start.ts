import { join } from "node:path";
import type { Config } from "../config/config.ts";
import { type ConfigValue, textOf } from "../config/config-value.ts";
import type { Environment } from "../config/config-values.ts";
import { durationText } from "../config/duration.ts";
import type { DittofsServer } from "../dittofs-server.ts";
import { StartError } from "../start-error.ts";
import type { Database } from "../state/database.ts";
import { keytabKeys, loadKrb5Conf } from "./keytab.ts";
import type { StoreConfig } from "./store-config.ts";

type Values = Config["values"];

/** Stores the LDAP and Kerberos sections of the file the first time they are enabled; from then on the stored ones count. */
export function seedIdentityProviders(database: Database, { values }: Config): void {
  const sections = { ldap: ldapSection, kerberos: kerberosSection } as const;
  for (const type of ["ldap", "kerberos"] as const) {
    if (database.identityProviders.some((row) => row.type === type) || values.get(`${type}.enabled`) !== true) continue;
    database.identityProviders.push({ type, config: sections[type](values) });
  }
  database.save();
}

/** As the API shows it, with the password. */
function ldapSection(values: Values): StoreConfig {
  return {
    ...keysUnder(values, "ldap"),
    timeout: durationText(Number(values.get("ldap.timeout"))),
    tls: keysUnder(values, "ldap.tls"),
  };
}

/** What the file leaves out is filled in first; the mapping of principals is not stored. */
function kerberosSection(values: Values): StoreConfig {
  const text = (key: string): string => textOf(values.get(key));
  const principal = text("kerberos.service_principal");
  const at = principal.lastIndexOf("@");
  const realm = text("kerberos.realm") || (at < 0 ? "" : principal.slice(at + 1));
  const account = keysUnder(values, "kerberos.machine_account");
  return {
    ...keysUnder(values, "kerberos"),
    realm,
    netbios_domain: text("kerberos.netbios_domain"),
    dns_domain: text("kerberos.dns_domain") || realm.toLowerCase(),
    max_clock_skew: durationText(Number(values.get("kerberos.max_clock_skew"))),
    context_ttl: durationText(Number(values.get("kerberos.context_ttl"))),
    machine_account: Object.fromEntries(Object.entries(account).filter(([, value]) => isShown(value))),
  };
}

/** The API leaves out what is empty of the machine account. */
function isShown(value: ConfigValue): boolean {
  return value !== "" && value !== false && !(Array.isArray(value) && value.length === 0);
}

function keysUnder(values: Values, section: string): Readonly<Record<string, ConfigValue>> {
  const keys = [...values].flatMap(([key, value]) => {
    const rest = key.startsWith(`${section}.`) ? key.slice(section.length + 1) : ".";
    return rest.includes(".") ? [] : [[rest, value] as const];
  });
  return Object.fromEntries(keys);
}

/** With Kerberos enabled and SMB too, a keytab or krb5.conf that cannot be read ends the start; there is no way to mend it over REST. */
export function checkKerberos(
  { database, config: { values }, storeRoot }: Pick<DittofsServer, "database" | "config" | "storeRoot">,
  environment: Environment,
): void {
  const kerberos = database.identityProviders.find((row) => row.type === "kerberos")?.config;
  const isSmbEnabled = database.adapters.some((row) => row.type === "smb" && row.enabled);
  if (kerberos?.enabled !== true || !isSmbEnabled) return;
  const keytab = String(
    environment.DITTOFS_KERBEROS_KEYTAB ||
      environment.DITTOFS_KERBEROS_KEYTAB_PATH ||
      textOf(values.get("kerberos.keytab_path")) ||
      kerberos.keytab_path,
  );
  const krb5Conf = textOf(values.get("kerberos.krb5_conf")) || textIn(kerberos.krb5_conf) || "/etc/krb5.conf";
  load("keytab", keytab, () => void keytabKeys(join(storeRoot, keytab)));
  load("krb5.conf", krb5Conf, () => loadKrb5Conf(join(storeRoot, krb5Conf)));
}

function textIn(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function load(what: string, path: string, read: () => void): void {
  try {
    read();
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new StartError(
      `failed to load adapters: failed to initialize SMB Kerberos provider: load ${what} ${path}: ${detail}`,
      1,
      cause,
    );
  }
}
