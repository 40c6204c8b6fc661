const nanosPerUnit: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};

/** Coarse to fine: each is used as often as it fits. */
const canonicalUnits = ["h", "m", "s", "ms", "us", "ns"];

const largestNanos = 2n ** 63n - 1n;
const durationPattern = /^(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/;
const termPattern = /(\d*)\.?(\d*)(ns|us|µs|μs|ms|s|m|h)/g;

/**
 * A Go duration (`time.ParseDuration`) such as `1h30m` or `1.5s` in nanoseconds. Throws a RangeError for what is none,
 * a bare number among them: the file server would read it as nanoseconds.
 */
function durationNanos(text: string): bigint {
  if (!durationPattern.test(text)) throw notADuration(text);
  let nanos = 0n;
  for (const [, whole = "", fraction = "", unit = ""] of text.matchAll(termPattern)) {
    const unitNanos = nanosPerUnit[unit] ?? 0n;
    nanos += (BigInt(whole + fraction) * unitNanos) / 10n ** BigInt(fraction.length);
  }
  if (nanos > largestNanos) throw notADuration(text);
  return nanos;
}

/** In milliseconds, with a fraction where the duration has one. */
export function durationMs(text: string): number {
  return Number(durationNanos(text)) / 1e6;
}

/** One spelling for equal durations (`90s` and `1m30s` are `1m30s`), so that a respelled one changes nothing. */
export function canonicalDuration(text: string): string {
  let rest = durationNanos(text);
  let canonical = "";
  for (const unit of canonicalUnits) {
    const unitNanos = nanosPerUnit[unit] ?? 1n;
    const count = rest / unitNanos;
    if (count > 0n) canonical += `${count}${unit}`;
    rest -= count * unitNanos;
  }
  return canonical === "" ? "0s" : canonical;
}

function notADuration(text: string): RangeError {
  return new RangeError(`"${text.slice(0, 80)}" is not a duration such as 30s, 15m or 1h30m`);
}
