import { parseDurationMs } from "../config/duration.ts";
import { type Fields, isObject } from "../http/body.ts";
import type { StoreConfig } from "../runtime/store-config.ts";
import type { Checked } from "./ldap-provider.ts";

export const kerberosShape = {
  enabled: "boolean",
  keytab_path: "string",
  service_principal: "string",
  realm: "string",
  netbios_domain: "string",
  dns_domain: "string",
  krb5_conf: "string",
  max_clock_skew: "string",
  context_ttl: "string",
  max_contexts: "integer",
  machine_account: "object",
} as const;

const hidden = "********";

/** The whole configuration; a missing or hidden machine secret keeps the stored one. */
export function checkedKerberos(body: Fields<typeof kerberosShape>, before: StoreConfig): Checked {
  const config = {
    enabled: body.enabled ?? false,
    keytab_path: body.keytab_path ?? "",
    service_principal: body.service_principal ?? "",
    realm: body.realm ?? "",
    netbios_domain: body.netbios_domain ?? "",
    dns_domain: body.dns_domain ?? "",
    krb5_conf: body.krb5_conf ?? "",
    max_clock_skew: body.max_clock_skew ?? "",
    context_ttl: body.context_ttl ?? "",
    max_contexts: body.max_contexts ?? 0,
    machine_account: machineAccount(body.machine_account ?? {}, before.machine_account),
  };
  const problem = kerberosProblem(config);
  return problem === undefined ? { config } : { problem };
}

function machineAccount(sent: StoreConfig, before: unknown): StoreConfig {
  const { secret, ...rest } = sent;
  const kept = isObject(before) ? before.secret : undefined;
  const wanted = typeof secret === "string" && secret !== "" && secret !== hidden ? secret : kept;
  return wanted === undefined ? rest : { ...rest, secret: wanted };
}

function kerberosProblem(config: {
  readonly enabled: boolean;
  readonly keytab_path: string;
  readonly service_principal: string;
  readonly realm: string;
  readonly netbios_domain: string;
  readonly dns_domain: string;
  readonly max_clock_skew: string;
  readonly context_ttl: string;
  readonly max_contexts: number;
}): string | undefined {
  if (config.enabled && config.keytab_path === "") return "keytab_path is required when kerberos is enabled";
  if (config.enabled && config.service_principal === "")
    return "service_principal is required when kerberos is enabled";
  if (/[@/ ]/.test(config.realm)) return `realm "${config.realm}" must not contain '@', '/', or spaces`;
  if (/[.@/ ]/.test(config.netbios_domain)) return `netbios_domain "${config.netbios_domain}" must be a single label`;
  if (/[@/ ]/.test(config.dns_domain)) return `dns_domain "${config.dns_domain}" must not contain '@', '/', or spaces`;
  for (const key of ["max_clock_skew", "context_ttl"] as const) {
    const durationMs = config[key] === "" ? 0 : parseDurationMs(config[key]);
    if (durationMs === undefined) return `invalid ${key} "${config[key]}"`;
    if (durationMs < 0) return `${key} must not be negative`;
  }
  return config.max_contexts < 0 ? "max_contexts must be >= 0" : undefined;
}

export function shownKerberos(config: StoreConfig): unknown {
  const account = config.machine_account;
  const isSecret = isObject(account) && typeof account.secret === "string";
  return isSecret ? { ...config, machine_account: { ...account, secret: hidden } } : config;
}
