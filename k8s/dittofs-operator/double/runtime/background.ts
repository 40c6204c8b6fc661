import type { Clock } from "../../src/runtime/clock.ts";

/** What the server still has to do after an answer. It ends with the server: what has not begun by then never happens. */
export class Background {
  readonly #clock: Clock;
  readonly #cancels = new Set<() => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  after(delayMs: number, work: () => void): void {
    const cancel = this.#clock.after(delayMs, () => {
      this.#cancels.delete(cancel);
      work();
    });
    this.#cancels.add(cancel);
  }

  end(): void {
    for (const cancel of this.#cancels) cancel();
    this.#cancels.clear();
  }
}
