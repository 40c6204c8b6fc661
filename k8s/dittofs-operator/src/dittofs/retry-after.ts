const shortestMs = 1000;
const longestMs = 5 * 60_000;
/** What a 429 without the header asks for. */
const unsaidMs = 10_000;

/** Retry-After in milliseconds (RFC 9110, 10.2.3): seconds or a date, kept within one second and five minutes. */
export function retryAfterMs(header: string | undefined, wallMs: number): number {
  const text = header?.trim() ?? "";
  const askedMs = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - wallMs;
  return Number.isNaN(askedMs) ? unsaidMs : Math.min(Math.max(askedMs, shortestMs), longestMs);
}
