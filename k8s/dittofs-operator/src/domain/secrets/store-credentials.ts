import { createHash } from "node:crypto";
import type { DittoServer, RemoteStoreSpec } from "../../api/ditto-server.ts";
import type { SecretSeen, SecretValueSeen } from "../world.ts";

/** What is known of the access key of a remote store; never the key. */
export type StoreCredentials =
  /** A store in memory has none. */
  | { readonly kind: "none" }
  /** `digest` is about both parts; `accessKeyIdDigest` is SHA-256 of the one that the server shows. */
  | { readonly kind: "usable"; readonly digest: string; readonly accessKeyIdDigest: string }
  /** `message` says what is wrong with which Secret, or whose the bucket is, and what to do. */
  | { readonly kind: "unusable"; readonly message: string };

/** By name of the store. */
export type AllStoreCredentials = ReadonlyMap<string, StoreCredentials>;

export type StoreSecret = {
  readonly name: string;
  readonly accessKeyIdKey: string;
  readonly secretAccessKeyKey: string;
};

/** Where the access key of a store stands; undefined for a store without. */
export function storeSecret({ s3 }: RemoteStoreSpec): StoreSecret | undefined {
  if (s3 === undefined) return undefined;
  const { name, accessKeyIdKey, secretAccessKeyKey } = s3.credentialsSecretRef;
  return {
    name,
    accessKeyIdKey: accessKeyIdKey ?? "access-key-id",
    secretAccessKeyKey: secretAccessKeyKey ?? "secret-access-key",
  };
}

/** Names of the Secrets that the remote stores of a spec name. */
export function storeSecretNames({ spec }: DittoServer): readonly string[] {
  return (spec.stores?.remote ?? []).flatMap((store) => storeSecret(store)?.name ?? []);
}

/** `claims`: by store, why its bucket is another server's. Nobody's access key is sent for such a one. */
export function storeCredentials(
  server: DittoServer,
  seen: ReadonlyMap<string, SecretSeen>,
  claims: ReadonlyMap<string, string> = new Map(),
): AllStoreCredentials {
  return new Map(
    (server.spec.stores?.remote ?? []).map((store) => {
      const claim = claims.get(store.name);
      if (claim !== undefined) return [store.name, { kind: "unusable", message: claim }] as const;
      const secret = storeSecret(store);
      if (secret === undefined) return [store.name, { kind: "none" }] as const;
      return [store.name, credentialsOf(secret, seen.get(secret.name), server)] as const;
    }),
  );
}

function credentialsOf(secret: StoreSecret, seen: SecretSeen | undefined, { metadata }: DittoServer): StoreCredentials {
  const { name, accessKeyIdKey, secretAccessKeyKey } = secret;
  const unusable = (message: string): StoreCredentials => ({ kind: "unusable", message });
  if (seen === undefined || seen.kind === "absent")
    return unusable(
      `Secret ${name} with the access key does not exist. Create it with the keys ${accessKeyIdKey} and ${secretAccessKeyKey}.`,
    );
  if (seen.kind === "unreadable") return unusable(`Secret ${name} with the access key cannot be read: ${seen.message}`);
  const [id, key] = [seen.keys.get(accessKeyIdKey), seen.keys.get(secretAccessKeyKey)];
  if (!isThere(id))
    return unusable(`Secret ${name} has no value in ${accessKeyIdKey}, the id of the access key. Add it.`);
  if (!isThere(key)) return unusable(`Secret ${name} has no value in ${secretAccessKeyKey}, the access key. Add it.`);
  const tooLong = [id, key].some(({ lengthBytes }) => lengthBytes > longestKeyBytes);
  if (tooLong)
    return unusable(
      `${accessKeyIdKey} and ${secretAccessKeyKey} of Secret ${name} must have at most ${longestKeyBytes} bytes each.`,
    );
  return { kind: "usable", digest: ownDigest([metadata.uid, id.digest, key.digest]), accessKeyIdDigest: id.digest };
}

const longestKeyBytes = 512;

function isThere(value: SecretValueSeen | undefined): value is SecretValueSeen {
  return value !== undefined && value.lengthBytes > 0;
}

/** With the server's uid in it, so that equal keys of two servers do not look equal; an access key is random and long, and cannot be guessed from this. */
function ownDigest(parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 16);
}
