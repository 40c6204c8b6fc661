import { createHash } from "node:crypto";
import type { Secret } from "kubernetes-types/core/v1";
import type { DittoServer, UserSpec } from "../../api/ditto-server.ts";
import type { SecretSeen, SecretValueSeen } from "../world.ts";
import { acceptedBytes, generatedUserSecret, nextKey } from "./generated-secrets.ts";
import { type SecretReference, secretSource, signingSecret } from "./mounted-secrets.ts";

/** What is known of the password that a user should have; never the password. */
export type UserPassword =
  | { readonly kind: "usable"; readonly digest: string }
  /** `message` says what is wrong with which Secret, and what to do. */
  | { readonly kind: "unusable"; readonly message: string };

export type UserPasswords = ReadonlyMap<string, UserPassword>;

export type SecretsSeen = {
  readonly server: DittoServer;
  /** Secrets that the spec names. */
  readonly named: ReadonlyMap<string, SecretSeen>;
  /** Secrets that the operator generated. */
  readonly generated: readonly Pick<Secret, "metadata" | "data">[];
};

/** The passwords of the declared users, by name. */
export function userPasswords(seen: SecretsSeen): UserPasswords {
  const key = signingDigest(seen);
  return new Map((seen.server.spec.users ?? []).map((user) => [user.name, passwordOf(user, key, seen)]));
}

/** Where a user's password stands, in the user's Secret or the generated one. */
export function userSecret(server: DittoServer, user: Pick<UserSpec, "name" | "passwordSecretRef">): SecretReference {
  const { name, key } = user.passwordSecretRef ?? generatedUserSecret(server, user.name);
  return { name, key };
}

function passwordOf(user: UserSpec, key: string | undefined, seen: SecretsSeen): UserPassword {
  const reference = userSecret(seen.server, user);
  const secret =
    user.passwordSecretRef === undefined
      ? generatedSecret(reference.name, seen.generated)
      : (seen.named.get(reference.name) ?? { kind: "absent" });
  return passwordIn(secret, {
    of: user.name,
    title: "the password",
    reference,
    bytes: acceptedBytes.password,
    key,
    seen,
  });
}

type Named = { readonly of: string; readonly title: string; readonly reference: SecretReference };

/** A password that stands in a Secret of the user's and is no user's. `of` tells the digests of equal ones apart. */
export function namedPassword(named: Named, seen: SecretsSeen): UserPassword {
  const secret = seen.named.get(named.reference.name) ?? { kind: "absent" };
  return passwordIn(secret, {
    ...named,
    bytes: { min: 1, max: Number.POSITIVE_INFINITY },
    key: signingDigest(seen),
    seen,
  });
}

type PasswordIn = Named & {
  readonly bytes: { readonly min: number; readonly max: number };
  readonly key: string | undefined;
  readonly seen: SecretsSeen;
};

function passwordIn(secret: SecretSeen, { of, title, reference, bytes, key, seen }: PasswordIn): UserPassword {
  const problem = secretProblem(secret, { title, reference, bytes });
  if (problem !== undefined) return { kind: "unusable", message: problem };
  if (key === undefined) {
    const name = secretSource(signingSecret, seen.server).name;
    return { kind: "unusable", message: `Secret ${name}, the key of password digests, is not usable.` };
  }
  const value = secret.kind === "present" ? secret.keys.get(reference.key) : undefined;
  return { kind: "usable", digest: keyedDigest([key, of, value?.digest ?? ""]) };
}

function secretProblem(
  seen: SecretSeen,
  { title, reference: { name, key }, bytes: { min, max } }: Pick<PasswordIn, "title" | "reference" | "bytes">,
): string | undefined {
  if (seen.kind === "absent") return `Secret ${name} with ${title} does not exist. Create it with the key ${key}.`;
  if (seen.kind === "unreadable") return `Secret ${name} with ${title} cannot be read: ${seen.message}`;
  const value = seen.keys.get(key);
  if (value === undefined) return `Secret ${name} has no key ${key} with ${title}. Add it.`;
  const isAccepted = value.lengthBytes >= min && value.lengthBytes <= max;
  if (isAccepted) return undefined;
  const length = Number.isFinite(max) ? `${min} to ${max} bytes` : `at least ${min} byte`;
  return `${title.slice(0, 1).toUpperCase()}${title.slice(1)} in ${key} of Secret ${name} must have ${length}.`;
}

function generatedSecret(name: string, generated: SecretsSeen["generated"]): SecretSeen {
  const found = generated.find(({ metadata }) => metadata?.name === name);
  if (found === undefined) return { kind: "absent" };
  const data = found.data ?? {};
  // While a password is renewed, the next one is what the server is to have.
  const keys = Object.keys(data).map((key) => [key, valueSeen(data[nextKey(key)] ?? data[key] ?? "")] as const);
  return { kind: "present", keys: new Map(keys) };
}

function valueSeen(data: string): SecretValueSeen {
  const bytes = Buffer.from(data, "base64");
  return { digest: createHash("sha256").update(bytes).digest("hex"), lengthBytes: bytes.length };
}

/** Who may read a status may not read a Secret: without a key, a digest in there would let them try passwords out. */
export function signingDigest({ server, named, generated }: SecretsSeen): string | undefined {
  const { name, key } = secretSource(signingSecret, server);
  const isNamed = server.spec.identity.jwt.secretRef !== undefined;
  const seen = isNamed ? named.get(name) : generatedSecret(name, generated);
  return seen?.kind === "present" ? seen.keys.get(key)?.digest : undefined;
}

/** Short, and worth nothing without the key, which is the first part. */
export function keyedDigest(parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 16);
}
