import { durationText, parseDurationMs } from "../config/duration.ts";
import { ldapProblem } from "../config/ldap-problem.ts";
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
    bind_password: typeof password === "string" ? password : "",
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

export function shownLdap(config: StoreConfig): unknown {
  const { bind_password, ...rest } = config;
  return isObject(config) && bind_password !== "" ? { ...rest, bind_password: hidden } : rest;
}
