/** Randomness as an argument: nothing in the operator draws a number of its own. */
export interface Random {
  /** A number in [0,1), evenly distributed; for jitter, never for secrets. */
  fraction(): number;
  /** `count` bytes of cryptographic quality. */
  bytes(count: number): Uint8Array;
}
