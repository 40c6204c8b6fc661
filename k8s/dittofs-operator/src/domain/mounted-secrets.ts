import { createHash } from "node:crypto";
import type { Secret } from "kubernetes-types/core/v1";
import type { DittoServer } from "../api/ditto-server.ts";
import type { Finding } from "./finding.ts";
import {
  acceptedBytes,
  type GeneratedKind,
  type GeneratedSecret,
  generatedAdminSecret,
  generatedJwtSecret,
} from "./generated-secrets.ts";
import type { Wanted } from "./wanted-child.ts";
import type { SecretSeen, SecretValueSeen } from "./world.ts";

/** One Secret that the server's process reads: where it stands, how the process gets it and when it reads it. */
export type MountedSecret = {
  readonly kind: GeneratedKind;
  /** The field that names a Secret of the user's. */
  readonly field: string;
  readonly reference: (server: DittoServer) => SecretReference | undefined;
  /** What stands in when the field is left out. */
  readonly generated: (server: DittoServer) => GeneratedSecret;
  readonly environmentVariable: string;
  /** Whether a running process uses another value than the Secret's once that has changed, until it starts again. */
  readonly isReadAtEveryStart: (server: DittoServer) => boolean;
};

export type SecretReference = { readonly name: string; readonly key: string };

export const mountedSecrets: readonly MountedSecret[] = [
  {
    kind: "jwt",
    field: "spec.identity.jwt.secretRef",
    reference: ({ spec }) => spec.identity.jwt.secretRef,
    generated: generatedJwtSecret,
    environmentVariable: "DITTOFS_CONTROLPLANE_SECRET",
    isReadAtEveryStart: () => true,
  },
  {
    kind: "password",
    field: "spec.identity.admin.passwordSecretRef",
    reference: ({ spec }) => spec.identity.admin.passwordSecretRef,
    generated: generatedAdminSecret,
    environmentVariable: "DITTOFS_ADMIN_INITIAL_PASSWORD",
    // The server looks at it only while its database has no administrator: a database that lasts needs no restart.
    isReadAtEveryStart: ({ spec }) => !spec.database.sqlite.persistent,
  },
];

/** The Secret and key that the process reads, the user's or the generated one. */
export function secretSource(row: MountedSecret, server: DittoServer): SecretReference {
  const { name, key } = row.reference(server) ?? row.generated(server);
  return { name, key };
}

/** What keeps the Secrets that the spec names from being used. Generated ones are usable by construction. */
export function secretFindings(server: DittoServer, seen: ReadonlyMap<string, SecretSeen>): readonly Finding[] {
  return mountedSecrets.flatMap((row) => {
    const reference = row.reference(server);
    if (reference === undefined) return [];
    const value = usableValue(row, reference, seen.get(reference.name));
    return value.kind === "unusable" ? [value.finding] : [];
  });
}

export type SecretDigestInputs = {
  readonly server: DittoServer;
  readonly seen: ReadonlyMap<string, SecretSeen>;
  /** The generated Secrets as this pass wants them. */
  readonly credentials: readonly Wanted<"Secret", Secret>[];
};

/**
 * By environment variable: what each Secret adds to the rollout digest, or undefined while a new process could not use
 * it. A Secret that is not read again adds nothing that changes.
 */
export function secretDigests({
  server,
  seen,
  credentials,
}: SecretDigestInputs): ReadonlyMap<string, string | undefined> {
  return new Map(
    mountedSecrets.map((row) => {
      const reference = row.reference(server);
      const digest =
        reference === undefined
          ? generatedDigest(row.generated(server), credentials)
          : usedDigest(row, reference, seen);
      const isConstant = digest !== undefined && !row.isReadAtEveryStart(server);
      return [row.environmentVariable, isConstant ? "" : digest];
    }),
  );
}

function usedDigest(
  row: MountedSecret,
  reference: SecretReference,
  seen: ReadonlyMap<string, SecretSeen>,
): string | undefined {
  const value = usableValue(row, reference, seen.get(reference.name));
  return value.kind === "usable" ? value.digest : undefined;
}

function generatedDigest(
  { name, key }: GeneratedSecret,
  credentials: readonly Wanted<"Secret", Secret>[],
): string | undefined {
  const value = credentials.find((secret) => secret.metadata.name === name)?.data?.[key];
  return value === undefined ? undefined : createHash("sha256").update(value, "base64").digest("hex");
}

type UsableValue =
  | { readonly kind: "usable"; readonly digest: string }
  | { readonly kind: "unusable"; readonly finding: Finding };

function usableValue(row: MountedSecret, { name, key }: SecretReference, seen: SecretSeen | undefined): UsableValue {
  const unusable = (reason: Finding["reason"], what: string): UsableValue => ({
    kind: "unusable",
    finding: {
      condition: "ConfigReady",
      reason,
      message: `${row.field}: ${what} A pod that runs is left alone meanwhile.`,
    },
  });
  if (seen === undefined || seen.kind === "absent") {
    return unusable("SecretNotFound", `Secret ${name} does not exist. Create it with the key ${key}.`);
  }
  if (seen.kind === "unreadable") {
    return unusable("SecretNotFound", `Secret ${name} cannot be read: ${seen.message}`);
  }
  const value = seen.keys.get(key);
  if (value === undefined) return unusable("SecretKeyMissing", `Secret ${name} has no key ${key}. Add it.`);
  if (!isAccepted(row.kind, value))
    return unusable("SecretInvalid", `${key} of Secret ${name} must have ${acceptedLength(row.kind)}.`);
  return { kind: "usable", digest: value.digest };
}

function isAccepted(kind: GeneratedKind, { lengthBytes }: SecretValueSeen): boolean {
  const { min, max } = acceptedBytes[kind];
  return lengthBytes >= min && lengthBytes <= max;
}

function acceptedLength(kind: GeneratedKind): string {
  const { min, max } = acceptedBytes[kind];
  return Number.isFinite(max) ? `${min} to ${max} bytes` : `at least ${min} bytes`;
}

/** Names of the Secrets that the spec names, each once. */
export function referencedSecretNames(server: DittoServer): readonly string[] {
  const ofUsers = (server.spec.users ?? []).flatMap(({ passwordSecretRef }) => passwordSecretRef?.name ?? []);
  return [...new Set([...mountedSecrets.flatMap((row) => row.reference(server)?.name ?? []), ...ofUsers])];
}
