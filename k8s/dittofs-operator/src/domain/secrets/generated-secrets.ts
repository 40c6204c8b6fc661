import type { Secret } from "kubernetes-types/core/v1";
import type { DittoServer } from "../../api/ditto-server.ts";
import { adminSecretName, jwtSecretName, userSecretName } from "../names.ts";

export type GeneratedKind = "jwt" | "password";

/** Makes a new value. The only randomness of a plan, and therefore an argument. */
export type Fresh = (kind: GeneratedKind) => string;

/** A Secret that the operator makes once, because the spec names none. */
export type GeneratedSecret = {
  readonly name: string;
  /** The key that holds the random value. */
  readonly key: string;
  readonly kind: GeneratedKind;
  /** Keys that stand beside it for people and programs who read the Secret. */
  readonly fixed: Readonly<Record<string, string>>;
};

export function generatedJwtSecret(server: DittoServer): GeneratedSecret {
  return { name: jwtSecretName(server), key: "jwt-secret", kind: "jwt", fixed: {} };
}

export function generatedAdminSecret(server: DittoServer): GeneratedSecret {
  return { name: adminSecretName(server), key: "password", kind: "password", fixed: { username: "admin" } };
}

export function generatedUserSecret(server: DittoServer, username: string): GeneratedSecret {
  return { name: userSecretName(server, username), key: "password", kind: "password", fixed: { username } };
}

/** 32 bytes are 43 characters in base64url, of which the server asks 32; 18 are 24, within bcrypt's 72. */
const randomByteCount: Readonly<Record<GeneratedKind, number>> = { jwt: 32, password: 18 };

/** A new value of a kind, from a source of random bytes. */
export function freshValue(kind: GeneratedKind, randomBytes: (count: number) => Uint8Array): string {
  return Buffer.from(randomBytes(randomByteCount[kind])).toString("base64url");
}

/** Where the value stands that comes after the one under a key. */
export function nextKey(key: string): string {
  return `next-${key}`;
}

/** What the server accepts, in bytes; what lies outside makes it refuse to start. */
export const acceptedBytes: Readonly<Record<GeneratedKind, { readonly min: number; readonly max: number }>> = {
  jwt: { min: 32, max: Number.POSITIVE_INFINITY },
  password: { min: 8, max: 72 },
};

/**
 * The data of a generated Secret: a usable value that exists is kept for ever, because tokens are signed with it and the
 * server's database holds its hash.
 */
export function generatedData(
  { key, kind, fixed }: GeneratedSecret,
  live: Secret | undefined,
  fresh: Fresh,
): Readonly<Record<string, string>> {
  const present = live?.data?.[key];
  const value = present !== undefined && isAccepted(kind, present) ? present : base64(fresh(kind));
  const others = Object.entries(fixed).map(([name, text]) => [name, base64(text)] as const);
  return { ...Object.fromEntries(others), [key]: value };
}

function isAccepted(kind: GeneratedKind, data: string): boolean {
  const { length } = Buffer.from(data, "base64");
  return length >= acceptedBytes[kind].min && length <= acceptedBytes[kind].max;
}

export function base64(text: string): string {
  return Buffer.from(text, "utf8").toString("base64");
}
