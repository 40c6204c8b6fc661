/** Longest text of a server that is passed on to users. */
const LONGEST = 200;

/** What a server wrote, fit to be shown: one line, bounded, without the secrets that it was sent and may have echoed. */
export function publicText(text: string, secrets: readonly string[] = []): string {
  const hidden = secrets.reduce(
    (result, secret) => (secret === "" ? result : result.replaceAll(secret, "********")),
    text,
  );
  const line = hidden
    .slice(0, LONGEST * 8)
    .replace(/[\p{C}\p{Z}]+/gu, " ")
    .trim();
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 1).toWellFormed()}…`;
}
