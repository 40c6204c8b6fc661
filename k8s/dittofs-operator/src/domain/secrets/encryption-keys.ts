import { createHash } from "node:crypto";
import type { Secret } from "kubernetes-types/core/v1";
import type { DittoServer } from "../../api/ditto-server.ts";
import { retainableMeta } from "../children/child-meta.ts";
import type { Finding } from "../finding.ts";
import { encryptionKeysName } from "../names.ts";
import type { Wanted } from "../wanted-child.ts";
import type { SecretSeen } from "../world.ts";
import { encryptionKeyId } from "./encryption-key-id.ts";
import { encryptionPassphrase } from "./encryption-passphrase.ts";
import type { SecretReference } from "./mounted-secrets.ts";
import { usableValue } from "./secret-findings.ts";

/** Where the key files of remote stores appear in the pod, each named after its store. */
export const encryptionKeysVolume = { name: "encryption-keys", directory: "/encryption-keys" } as const;

export type EncryptedStore = { readonly store: string; readonly keyFile: SecretReference };

/** The stores that are encrypted, and where their key files stand. */
export function encryptedStores({ spec }: DittoServer): readonly EncryptedStore[] {
  return (spec.stores?.remote ?? []).flatMap(({ name, s3 }) => {
    const secret = s3?.encryption?.keySecretRef;
    return secret === undefined
      ? []
      : [{ store: name, keyFile: { name: secret.name, key: secret.keyFileKey ?? "key.pem" } }];
  });
}

const { field } = encryptionPassphrase;

export type EncryptionKeys = {
  /** The operator's own Secret with the key files, which the pod mounts. */
  readonly secrets: readonly Wanted<"Secret", Secret>[];
  readonly findings: readonly Finding[];
  /** By path in the pod, what a key file adds to the rollout digest; undefined while there is none. */
  readonly digests: ReadonlyMap<string, string | undefined>;
};

type KeyInputs = {
  readonly server: DittoServer;
  readonly seen: ReadonlyMap<string, SecretSeen>;
  readonly live: readonly Secret[];
};

/**
 * The key files as the process reads them: copies that no change of the user's Secret reaches unless it is the same key. With another one
 * the server would start all the same, and read nothing of what it has uploaded.
 */
export function encryptionKeys({ server, seen, live }: KeyInputs): EncryptionKeys {
  const name = encryptionKeysName(server);
  const copies = live.find(({ metadata }) => metadata?.name === name)?.data ?? {};
  const data: Record<string, string> = { ...copies };
  const findings: Finding[] = [];
  const digests = new Map<string, string | undefined>();
  for (const { store, keyFile } of encryptedStores(server)) {
    const copy = copies[store];
    const given = givenKey(keyFile, seen.get(keyFile.name));
    if (given.kind === "unusable") findings.push(...given.findings);
    else if (copy === undefined || keyIdOf(copy) === given.keyId) data[store] = given.data;
    else findings.push(otherKey(store, keyFile, name));
    const chosen = data[store];
    digests.set(
      `${encryptionKeysVolume.directory}/${store}`,
      chosen && createHash("sha256").update(chosen).digest("hex"),
    );
  }
  if (Object.keys(data).length === 0) return { secrets: [], findings, digests };
  const metadata = retainableMeta(server, { name, component: "credentials" });
  return { secrets: [{ apiVersion: "v1", kind: "Secret", metadata, data }], findings, digests };
}

type GivenKey =
  | { readonly kind: "usable"; readonly keyId: string; readonly data: string }
  | { readonly kind: "unusable"; readonly findings: readonly Finding[] };

const anything = {
  field,
  problem: () => "must be a key file of DittoFS, DITTOFS ENCRYPTED MASTER KEY in PEM",
};

function givenKey(reference: SecretReference, seen: SecretSeen | undefined): GivenKey {
  const form = seen?.kind === "present" ? seen.keys.get(reference.key)?.form : undefined;
  if (form?.kind === "encryptionKey") return { kind: "usable", keyId: form.keyId, data: form.file.base64() };
  const value = usableValue(anything, reference, seen);
  return { kind: "unusable", findings: value.kind === "unusable" ? [value.finding] : [] };
}

function keyIdOf(data: string): string | undefined {
  return encryptionKeyId(Buffer.from(data, "base64").toString("utf8"));
}

function otherKey(store: string, { name, key }: SecretReference, copies: string): Finding {
  return {
    condition: "ConfigReady",
    reason: "SecretInvalid",
    message: `${field}: ${key} of Secret ${name} holds another key than that with which store ${store} has encrypted what it uploaded, and nothing of it could be read. The server goes on with the earlier one, which is kept as ${store} in Secret ${copies}. Put that back; for another key declare a store of another name, with a new share on it, and copy the files.`,
  };
}
