/** Waiting times that double from failure to failure. */
export type Backoff = {
  readonly firstMs: number;
  readonly longestMs: number;
  /** Each wait is up to this part shorter or longer, so that those who failed together do not return together. */
  readonly jitter: number;
};

/** The wait after the given number of failures in a row (1 is the first). `fraction` in [0,1) is the draw of the jitter. */
export function backoffMs(backoff: Backoff, failures: number, fraction: number): number {
  const plainMs = Math.min(backoff.firstMs * 2 ** (failures - 1), backoff.longestMs);
  return plainMs * (1 + backoff.jitter * (2 * fraction - 1));
}
