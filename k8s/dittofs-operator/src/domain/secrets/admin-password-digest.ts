import { createHash } from "node:crypto";
import { generatedAdminSecret, nextKey } from "./generated-secrets.ts";
import type { SecretsSeen } from "./user-passwords.ts";

/** SHA-256 of the password that the administrator should have; never leaves the memory of the operator. */
export function adminPasswordDigest({ server, named, generated }: SecretsSeen): string | undefined {
  const reference = server.spec.identity.admin.passwordSecretRef;
  if (reference !== undefined) {
    const seen = named.get(reference.name);
    return seen?.kind === "present" ? seen.keys.get(reference.key)?.digest : undefined;
  }
  const { name, key } = generatedAdminSecret(server);
  const data = generated.find(({ metadata }) => metadata?.name === name)?.data;
  const value = data?.[nextKey(key)] ?? data?.[key];
  return value === undefined ? undefined : createHash("sha256").update(value, "base64").digest("hex");
}
