/** Time as an argument: nothing in the operator reads a clock or sets a timer of its own. */
export interface Clock {
  /** Wall-clock time in milliseconds since the epoch; only for what people read (timestamps), never for durations. */
  wallMs(): number;
  /** Monotonic time in milliseconds from an arbitrary start; for every duration and deadline. */
  monotonicMs(): number;
  /** Milliseconds since the machine started, those in which it slept among them; nobody can set it. Coarse: steps of 10 ms. */
  uptimeMs(): number;
  /** Calls back once after `delayMs`; the answer cancels it. Delays above 2^31-1 ms are the implementation's to split. */
  after(delayMs: number, callback: () => void): () => void;
}
