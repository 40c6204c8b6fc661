import { randomBytes, randomInt } from "node:crypto";
import type { Random } from "./random.ts";

const FRACTION_STEPS = 2 ** 32;

/** The operating system's cryptographic source; good enough for passwords and keys. */
export const systemRandom: Random = {
  fraction: () => randomInt(FRACTION_STEPS) / FRACTION_STEPS,
  bytes: (count) => new Uint8Array(randomBytes(count)),
};
