import { randomBytes, scryptSync, timingSafeEqual } from "node:crypto";

// A double has nothing to guard, and tests log in thousands of times.
const cost = { N: 2 ** 4, r: 8, p: 1 };

/** Why the server refuses a password, or undefined. It counts bytes. */
export function passwordProblem(password: string): string | undefined {
  const length = Buffer.byteLength(password);
  if (length < 8) return "password must be at least 8 characters";
  return length > 72 ? "password must be at most 72 characters" : undefined;
}

export function passwordHash(password: string): string {
  const salt = randomBytes(16);
  return `scrypt$${salt.toString("hex")}$${scryptSync(password, salt, 32, cost).toString("hex")}`;
}

/** Whether the password belongs to a hash made here. A configured bcrypt hash is kept, but nobody can log in with it on a double. */
export function isPassword(password: string, hash: string): boolean {
  const [kind, salt, digest] = hash.split("$");
  if (kind !== "scrypt" || salt === undefined || digest === undefined) return false;
  return timingSafeEqual(scryptSync(password, Buffer.from(salt, "hex"), 32, cost), Buffer.from(digest, "hex"));
}

export function isBcryptHash(hash: string): boolean {
  return /^\$2[aby]?\$(0[4-9]|[12]\d|3[01])\$[./A-Za-z0-9]{53}$/.test(hash);
}
