import { createHash, createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from "node:crypto";
import { encryptionKeyId } from "../domain/secrets/encryption-key-id.ts";
import { SealedText } from "../domain/secrets/sealed-text.ts";
import type { SecretForm } from "../domain/world.ts";
import { isKeytab } from "./is-keytab.ts";
import { postgresUri } from "./postgres-uri.ts";

const certificatePattern = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;
const privateKeyPattern = /-----BEGIN (?:[A-Z0-9]+ )?PRIVATE KEY-----[^-]+-----END (?:[A-Z0-9]+ )?PRIVATE KEY-----/;
/** What a value is by its looks: enough to refuse one that the server would not start with, and nothing that is secret. */
export function secretForm(bytes: Uint8Array): SecretForm | undefined {
  if (isKeytab(bytes)) return { kind: "keytab" };
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  if (!text.includes("-----BEGIN ")) return postgresUri(text);
  const keyId = encryptionKeyId(text);
  if (keyId !== undefined) return { kind: "encryptionKey", keyId, file: new SealedText(text) };
  try {
    return pemForm(text);
  } catch {
    // A parser's message may quote what it read; that the value has no known form says enough.
    return undefined;
  }
}

/** Throws when a block is not what it says it is. */
function pemForm(text: string): SecretForm | undefined {
  const [certificate] = (text.match(certificatePattern) ?? []).map((pem) => new X509Certificate(pem));
  const [privateKey] = text.match(privateKeyPattern) ?? [];
  if (certificate === undefined && privateKey === undefined) return undefined;
  return {
    kind: "pem",
    ...(certificate && { certificateKeyDigest: digestOf(certificate.publicKey) }),
    ...(privateKey !== undefined && { privateKeyDigest: digestOf(createPublicKey(createPrivateKey(privateKey))) }),
  };
}

function digestOf(key: KeyObject): string {
  return createHash("sha256")
    .update(key.export({ type: "spki", format: "der" }))
    .digest("hex");
}
