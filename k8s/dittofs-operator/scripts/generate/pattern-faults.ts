/** What RE2, which the API server uses, does not take from a JavaScript pattern (https://github.com/google/re2/wiki/Syntax). */
export function patternFaults(pattern: string): readonly string[] {
  const repeats = [...pattern.matchAll(/\{(\d+)(?:,(\d*))?\}/gu)].flatMap((match) => [match[1], match[2]]);
  const faults = [
    compiles(pattern) ? undefined : "does not compile",
    /\(\?(?:[=!]|<[=!])/u.test(pattern) ? "looks around, which RE2 cannot" : undefined,
    /(?:^|[^\\])(?:\\\\)*\\(?:[1-9]|k<)/u.test(pattern) ? "refers back, which RE2 cannot" : undefined,
    repeats.some((count) => Number(count ?? 0) > 1000) ? "repeats more than 1000 times" : undefined,
  ];
  return faults.filter((fault) => fault !== undefined).map((fault) => `the pattern ${pattern} ${fault}`);
}

function compiles(pattern: string): boolean {
  try {
    return new RegExp(pattern, "u").source !== "";
  } catch {
    return false;
  }
}
