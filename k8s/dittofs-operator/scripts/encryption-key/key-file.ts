import { argon2Sync, createCipheriv } from "node:crypto";

type Parts = { readonly key: Buffer; readonly id: string; readonly salt: Buffer; readonly nonce: Buffer };

/** What OWASP asks of a password's storage, and DittoFS writes itself. */
const kdf = { algo: "argon2id", time: 3, memory_kib: 65_536, threads: 4 } as const;

/** A key file as DittoFS reads it: the key of a remote store, locked with a passphrase. */
export function keyFile(passphrase: string, { key, id, salt, nonce }: Parts): string {
  const lock = argon2Sync("argon2id", {
    message: passphrase,
    nonce: salt,
    parallelism: kdf.threads,
    tagLength: 32,
    memory: kdf.memory_kib,
    passes: kdf.time,
  });
  const cipher = createCipheriv("aes-256-gcm", lock, nonce);
  const locked = Buffer.concat([cipher.update(key), cipher.final(), cipher.getAuthTag()]);
  const body = {
    version: 1,
    master_key_id: id,
    kdf: { ...kdf, salt: salt.toString("base64") },
    wrap: "aes-256-gcm",
    nonce: nonce.toString("base64"),
    wrapped_master_key: locked.toString("base64"),
  };
  const title = "DITTOFS ENCRYPTED MASTER KEY";
  const lines =
    Buffer.from(JSON.stringify(body))
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${title}-----`, ...lines, `-----END ${title}-----`, ""].join("\n");
}
