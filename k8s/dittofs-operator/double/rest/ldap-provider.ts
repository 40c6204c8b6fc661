import { durationText, parseDurationMs } from "../config/duration.ts";
import { type Fields, isObject } from "../http/body.ts";
import type { StoreConfig } from "../runtime/store-config.ts";

export const ldapShape = {
  enabled: "boolean",
  url: "string",
  start_tls: "boolean",
  allow_plaintext: "boolean",
  base_dn: "string",
  bind_dn: "string",
  bind_password: "string",
  user_attr: "string",
  realm: "string",
  idmap: "string",
  nested_groups: "boolean",
  timeout: "string",
  max_group_results: "integer",
  tls: "object",
} as const;

export type Checked = { readonly config: StoreConfig } | { readonly problem: string };

const hidden = "********";
const tlsFields = {
  ca_cert_file: "",
  client_cert_file: "",
  client_key_file: "",
  insecure_skip_verify: false,
  min_version: "",
};

/** The whole configuration with its defaults; a missing or hidden password keeps the stored one. */
export function checkedLdap(body: Fields<typeof ldapShape>, before: StoreConfig): Checked {
  const timeoutMs = body.timeout ? parseDurationMs(body.timeout) : 10_000;
  if (timeoutMs === undefined) return { problem: `invalid timeout "${body.timeout}"` };
  const sent = body.bind_password;
  const password = sent === undefined || sent === "" || sent === hidden ? (before.bind_password ?? "") : sent;
  const config = {
    enabled: body.enabled ?? false,
    url: body.url ?? "",
    start_tls: body.start_tls ?? false,
    allow_plaintext: body.allow_plaintext ?? false,
    base_dn: body.base_dn ?? "",
    bind_dn: body.bind_dn ?? "",
    bind_password: String(password),
    user_attr: body.user_attr || "sAMAccountName",
    realm: body.realm ?? "",
    idmap: body.idmap || "rfc2307",
    nested_groups: body.nested_groups ?? false,
    timeout: durationText(timeoutMs),
    max_group_results: body.max_group_results || 200,
    tls: { ...tlsFields, ...body.tls },
  };
  const problem = config.enabled ? ldapProblem(config) : undefined;
  return problem === undefined ? { config } : { problem };
}

export interface LdapAccess {
  readonly url: string;
  readonly start_tls: boolean;
  readonly allow_plaintext: boolean;
  readonly base_dn: string;
  readonly bind_dn: string;
  readonly bind_password: string;
  readonly idmap: string;
  readonly tls: { readonly min_version?: unknown };
}

/** Why the server refuses an enabled LDAP configuration, whether it comes from a file or a client. */
export function ldapProblem(config: LdapAccess): string | undefined {
  const url = config.url.trim().toLowerCase();
  if (url === "") return "ldap.url is required when ldap is enabled";
  if (!url.startsWith("ldap://") && !url.startsWith("ldaps://"))
    return `ldap.url must use the ldap:// or ldaps:// scheme (got "${config.url}")`;
  if (url.startsWith("ldap://") && !config.start_tls && !config.allow_plaintext)
    return "ldap.url uses plaintext ldap://; set ldap.start_tls or ldap.allow_plaintext to true";
  for (const key of ["base_dn", "bind_dn", "bind_password"] as const)
    if (config[key].trim() === "") return `ldap.${key} is required when ldap is enabled`;
  if (!["rfc2307", "rid"].includes(config.idmap))
    return `ldap.idmap "${config.idmap}" is not supported (use "rfc2307" or "rid")`;
  const version = config.tls.min_version;
  if (typeof version !== "string" || version === "" || version === "1.2" || version === "1.3") return undefined;
  return `ldap.tls.min_version "${version}" is not supported (use "1.2" or "1.3")`;
}

export function shownLdap(config: StoreConfig): unknown {
  const { bind_password, ...rest } = config;
  return isObject(config) && bind_password !== "" ? { ...rest, bind_password: hidden } : rest;
}
