import type { Clock } from "./clock.ts";
import type { WatchStream } from "./kubernetes-api.ts";

/** Three bookmarks of the API server, which sends one a minute: such a silence means that the stream is dead or stuck. */
export const LONGEST_SILENCE_MS = 180_000;
/** What the server gets to end a watch by itself after the time that it was asked for. */
const GRACE_MS = 5_000;

export type WatchdogReason = "silent" | "overdue";

/** Closes a stream that went silent or outlived its time. `disarm` answers why it did, if it did. */
export function armWatchdog(
  stream: WatchStream,
  { clock, timeoutMs }: { readonly clock: Clock; readonly timeoutMs: number },
): { disarm(): WatchdogReason | undefined } {
  const overdueMs = clock.monotonicMs() + timeoutMs + GRACE_MS;
  let reason: WatchdogReason | undefined;
  let cancel = (): void => {};
  const look = (): void => {
    const silentMs = stream.lastByteMs() + LONGEST_SILENCE_MS;
    const nowMs = clock.monotonicMs();
    if (nowMs >= silentMs) reason = "silent";
    else if (nowMs >= overdueMs) reason = "overdue";
    if (reason === undefined) cancel = clock.after(Math.min(silentMs, overdueMs) - nowMs, look);
    else stream.close();
  };
  look();
  return {
    disarm() {
      cancel();
      return reason;
    },
  };
}
