import { join } from "node:path";
import { type Answer, badRequest, json, notFound, Refusal } from "../http/answer.ts";
import { fields } from "../http/body.ts";
import { type Call, param } from "../http/call.ts";
import { keytabKeys, loadKrb5Conf } from "../runtime/keytab.ts";
import type { IdentityProviderRow } from "../state/rows.ts";
import { checkedKerberos, kerberosShape, shownKerberos } from "./kerberos-provider.ts";
import { checkedLdap, ldapShape, shownLdap } from "./ldap-provider.ts";

const types = ["ldap", "kerberos"];

export function listIdentityProviders({ server }: Call): Answer {
  const views = types.map((type) => {
    const row = server.database.identityProviders.find((provider) => provider.type === type);
    return { type, enabled: row?.config.enabled === true, configured: row !== undefined };
  });
  return json(views);
}

export function getProviderConfig(call: Call): Answer {
  const type = providerType(call);
  const row = stored(call, type);
  if (row === undefined) throw notFound("Identity provider not configured");
  return json(type === "ldap" ? shownLdap(row.config) : shownKerberos(row.config));
}

/** Replaces the whole configuration. LDAP acts at once, Kerberos at the next start, and its keytab is not looked at before. */
export function setProviderConfig(call: Call): Answer {
  const type = providerType(call);
  const config = wantedConfig(call, type);
  const { database } = call.server;
  database.identityProviders = [...database.identityProviders.filter((row) => row.type !== type), { type, config }];
  database.save();
  if (type === "ldap") return json(shownLdap(config));
  const headers = { "x-dittofs-apply": "restart-required" };
  return { kind: "json", status: 200, body: shownKerberos(config), headers };
}

/** Answers 200 whether the test succeeds or not. */
export async function testProvider(call: Call): Promise<Answer> {
  const type = providerType(call);
  try {
    const config = wantedConfig(call, type);
    return json(type === "ldap" ? await testLdap(call, config) : testKerberos(config, call.server.storeRoot));
  } catch (error) {
    if (!(error instanceof Refusal) || error.message === "Invalid request body") throw error;
    return json({ ok: false, stage: "validate", message: error.message });
  }
}

async function testLdap(call: Call, config: IdentityProviderRow["config"]): Promise<unknown> {
  const url = URL.canParse(String(config.url)) ? new URL(String(config.url)) : undefined;
  const port = Number(url?.port) || (url?.protocol === "ldaps:" ? 636 : 389);
  const isUp = url !== undefined && (await call.server.network.dial(url.hostname, port, 2000));
  if (!isUp) return { ok: false, stage: "connect", message: `ldap: connect/bind: dial ${String(config.url)}: failed` };
  return { ok: true, message: "dial + bind succeeded", latency_ms: 1 };
}

function testKerberos(config: IdentityProviderRow["config"], root: string): unknown {
  const path = textIn(config.keytab_path);
  if (path === "") return { ok: false, stage: "validate", message: "keytab_path is required" };
  try {
    const keys = keytabKeys(join(root, path));
    const krb5Conf = textIn(config.krb5_conf);
    if (krb5Conf !== "") loadKrb5Conf(join(root, krb5Conf));
    return keys > 0
      ? { ok: true, message: `keytab loaded (${keys} entries)` }
      : { ok: false, stage: "keytab", message: "keytab contains no entries" };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const isKeytab = !message.startsWith("parse krb5.conf");
    return isKeytab
      ? { ok: false, stage: "keytab", message: `load keytab: ${message}` }
      : { ok: false, stage: "krb5conf", message: `load krb5.conf: ${message}` };
  }
}

function textIn(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function providerType(call: Call): string {
  const type = param(call, "type");
  if (!types.includes(type)) throw notFound("Unknown identity provider type");
  return type;
}

function stored(call: Call, type: string): IdentityProviderRow | undefined {
  return call.server.database.identityProviders.find((row) => row.type === type);
}

function wantedConfig(call: Call, type: string): IdentityProviderRow["config"] {
  const before = stored(call, type)?.config ?? {};
  const result =
    type === "ldap"
      ? checkedLdap(fields(call, ldapShape), before)
      : checkedKerberos(fields(call, kerberosShape), before);
  if ("problem" in result) throw badRequest(result.problem);
  return result.config;
}
