import type { DittoServer } from "../api/ditto-server.ts";
import { mountedSecrets, secretSource } from "../domain/mounted-secrets.ts";
import type { KubernetesApi } from "../runtime/kubernetes-api.ts";
import type { AdminPassword } from "./provision/pass.ts";
import { resources } from "./resources.ts";

/** Reads the password with which the operator logs in, from the user's Secret or the generated one. */
export async function readAdminPassword(
  server: DittoServer,
  api: Pick<KubernetesApi, "get">,
  signal: AbortSignal,
): Promise<AdminPassword> {
  const row = mountedSecrets.find(({ kind }) => kind === "password");
  if (row === undefined) throw new Error("the table of Secrets has no administrator's password");
  const { name, key } = secretSource(row, server);
  const answer = await api.get(resources.secrets, { namespace: server.metadata.namespace, name }, signal);
  if (!answer.ok) {
    const { code, message } = answer.failure;
    return absent(`Secret ${name} with the administrator's password cannot be read (${code}): ${message}`);
  }
  const value = valueOf(answer.value["data"], key);
  if (value === undefined) return absent(`Secret ${name} has no key ${key} with the administrator's password. Add it.`);
  return { kind: "present", password: Buffer.from(value, "base64").toString("utf8") };
}

function absent(message: string): AdminPassword {
  return { kind: "absent", message };
}

function valueOf(data: unknown, key: string): string | undefined {
  if (typeof data !== "object" || data === null) return undefined;
  const value: unknown = new Map(Object.entries(data)).get(key);
  return typeof value === "string" && value !== "" ? value : undefined;
}
