import type { Clock } from "./clock.ts";
import type { WatchEvent, WatchStream } from "./kubernetes-api.ts";
import type { WatchEnd } from "./reflector-state.ts";
import { armWatchdog } from "./watch-watchdog.ts";

export type NewsEvent = Exclude<WatchEvent, { readonly type: "failure" }>;

export type FollowOptions = {
  readonly clock: Clock;
  /** The version from which the watch was asked for, and for how long. */
  readonly resourceVersion: string;
  readonly timeoutMs: number;
  readonly onEvent: (event: NewsEvent) => void;
  /** Once, when the watch has delivered something or has lived for a second. */
  readonly onProof: () => void;
};

/** A watch that ends sooner, without a word, failed in effect. */
const PROOF_MS = 1_000;

/** Reads a watch until it ends, fails or has to be closed. The version advances only after its event was taken in. */
export async function followWatch(stream: WatchStream, options: FollowOptions): Promise<WatchEnd> {
  const { clock, timeoutMs, onEvent } = options;
  let { resourceVersion } = options;
  let cause: WatchEnd["cause"] = { kind: "ended" };
  let hasProvedItself = false;
  const prove = (): void => {
    hasProvedItself = true;
    options.onProof();
  };
  const watchdog = armWatchdog(stream, { clock, timeoutMs });
  const cancelProof = clock.after(PROOF_MS, prove);
  try {
    for await (const event of stream.events) {
      if (event.type === "failure") {
        cause = { kind: "failed", failure: event.failure };
        break;
      }
      if (!hasProvedItself) prove();
      onEvent(event);
      resourceVersion = event.type === "bookmark" ? event.resourceVersion : versionAfter(event, resourceVersion);
    }
  } finally {
    cancelProof();
    const reason = watchdog.disarm();
    if (reason !== undefined) cause = { kind: reason };
    stream.close();
  }
  return { resourceVersion, cause, hasProvedItself };
}

function versionAfter(event: Exclude<NewsEvent, { readonly type: "bookmark" }>, earlier: string): string {
  return event.object.metadata.resourceVersion ?? earlier;
}
