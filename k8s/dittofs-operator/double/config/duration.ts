const unitMs: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};
const part = /^(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/;

/** Milliseconds of a Go duration such as `1h30m`, or undefined if it is none (a number without unit is none, "0" is one). */
export function parseDurationMs(text: string): number | undefined {
  const sign = text.startsWith("-") ? -1 : 1;
  let rest = text.replace(/^[+-]/, "");
  if (rest === "0") return 0;
  if (rest === "") return undefined;
  let totalMs = 0;
  while (rest !== "") {
    const match = part.exec(rest);
    const [whole, count, unit] = match ?? [];
    if (whole === undefined || unit === undefined) return undefined;
    totalMs += Number(count) * (unitMs[unit] ?? 0);
    rest = rest.slice(whole.length);
  }
  return sign * totalMs;
}

/** The way Go prints a duration: `1h0m0s`, `1m30s`, `500ms`, `0s`. */
export function durationText(durationMs: number): string {
  if (durationMs === 0) return "0s";
  if (durationMs < 0) return `-${durationText(-durationMs)}`;
  if (durationMs < 1e-3) return `${Math.round(durationMs * 1e6)}ns`;
  if (durationMs < 1) return `${trimmed(durationMs * 1e3)}µs`;
  if (durationMs < 1000) return `${trimmed(durationMs)}ms`;
  const hours = Math.floor(durationMs / 3_600_000);
  const minutes = Math.floor((durationMs % 3_600_000) / 60_000);
  const seconds = `${trimmed((durationMs % 60_000) / 1000)}s`;
  if (hours > 0) return `${hours}h${minutes}m${seconds}`;
  return minutes > 0 ? `${minutes}m${seconds}` : seconds;
}

function trimmed(value: number): string {
  return String(Number(value.toFixed(9)));
}
