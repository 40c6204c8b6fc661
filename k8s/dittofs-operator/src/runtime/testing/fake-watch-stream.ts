import type { Clock } from "../clock.ts";
import type { WatchEvent, WatchStream } from "../kubernetes-api.ts";

/** A watch that a test feeds by hand. */
export class FakeWatchStream implements WatchStream {
  readonly #clock: Clock;
  readonly #waiting: WatchEvent[] = [];
  #lastByteMs: number;
  #isEnded = false;
  #wake = (): void => {};
  /** A half-open connection: nothing arrives any more, not even its end. */
  isDeaf = false;
  isClosed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#lastByteMs = clock.monotonicMs();
  }

  get events(): AsyncIterable<WatchEvent> {
    return this.#read();
  }

  lastByteMs(): number {
    return this.#lastByteMs;
  }

  close(): void {
    this.isClosed = true;
    this.#finish();
  }

  push(event: WatchEvent): void {
    if (this.isDeaf || this.#isEnded) return;
    this.#lastByteMs = this.#clock.monotonicMs();
    this.#waiting.push(event);
    this.#wake();
  }

  end(): void {
    if (!this.isDeaf) this.#finish();
  }

  #finish(): void {
    this.#isEnded = true;
    this.#wake();
  }

  async *#read(): AsyncGenerator<WatchEvent> {
    for (;;) {
      const event = this.isClosed ? undefined : this.#waiting.shift();
      if (event !== undefined) yield event;
      else if (this.#isEnded) return;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}
