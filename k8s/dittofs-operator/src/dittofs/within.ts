import type { ExchangeResult, ExchangeWay } from "./exchange.ts";

/** What `begin` ends with, unless the time is over or the call is given up before; with each end comes `cancel`. */
export function within(
  { clock, limits, signal }: Pick<ExchangeWay, "clock" | "limits" | "signal">,
  begin: (end: (result: ExchangeResult) => void) => { readonly cancel: () => void },
): Promise<ExchangeResult> {
  if (signal.aborted) return Promise.resolve({ kind: "noAnswer", message: "the call was given up" });
  return new Promise((resolve) => {
    const end = (result: ExchangeResult): void => {
      cancelTimeout();
      signal.removeEventListener("abort", giveUp);
      begun.cancel();
      resolve(result);
    };
    const giveUp = (): void => end({ kind: "noAnswer", message: "the call was given up" });
    const cancelTimeout = clock.after(limits.timeoutMs, () =>
      end({ kind: "noAnswer", message: `no answer within ${limits.timeoutMs / 1000} seconds` }),
    );
    signal.addEventListener("abort", giveUp, { once: true });
    const begun = begin(end);
  });
}
