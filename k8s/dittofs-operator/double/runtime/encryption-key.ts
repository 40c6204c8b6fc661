import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { StoreConfig } from "./store-config.ts";

type At = { readonly storeRoot: string; readonly passphrase: string };

/** Why a share cannot be loaded on an encrypted store (section 4.3): all of this is looked at only then. Any passphrase opens a key file here. */
export function encryptionProblem({ encryption }: StoreConfig, at: At): string | undefined {
  if (encryption === undefined) return undefined;
  const problem = policyProblem(encryption) ?? keyProblem(encryption, at);
  return problem && `failed to apply encryption policy: ${problem}`;
}

const ciphers = ["aes-256-gcm", "chacha20-poly1305", "xchacha20-poly1305"];

function policyProblem(encryption: unknown): string | undefined {
  if (typeof encryption !== "object" || encryption === null || Array.isArray(encryption))
    return "encryption: parse policy: expected JSON object";
  const { aead } = encryption as { readonly aead?: unknown }; // any object may have it
  return aead === undefined || ciphers.some((cipher) => cipher === aead)
    ? undefined
    : `unsupported AEAD: ${JSON.stringify(aead)}`;
}

function keyProblem(encryption: unknown, { storeRoot, passphrase }: At): string | undefined {
  const { key } = encryption as { readonly key?: { readonly kind?: unknown; readonly file?: unknown } }; // likewise
  if (key?.kind !== "local") return "create key provider: keyprovider: invalid config";
  if (typeof key.file !== "string" || key.file === "")
    return "create key provider: keyprovider: invalid config: local provider requires a file path";
  if (passphrase === "") return "create key provider: keyprovider: DITTOFS_ENCRYPTION_PASSPHRASE is unset";
  return fileProblem(join(storeRoot, key.file));
}

function fileProblem(path: string): string | undefined {
  try {
    const text = readFileSync(path, "utf8");
    return text.includes("-----BEGIN DITTOFS ENCRYPTED MASTER KEY-----")
      ? undefined
      : "create key provider: keyprovider: key file corrupt";
  } catch {
    return `create key provider: keyprovider: read key file: open ${path}: no such file or directory`;
  }
}
