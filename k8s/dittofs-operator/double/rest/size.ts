const units: Readonly<Record<string, number>> = {
  "": 1,
  b: 1,
  k: 1000,
  kb: 1000,
  m: 1000 ** 2,
  mb: 1000 ** 2,
  g: 1000 ** 3,
  gb: 1000 ** 3,
  t: 1000 ** 4,
  tb: 1000 ** 4,
  ki: 1024,
  kib: 1024,
  mi: 1024 ** 2,
  mib: 1024 ** 2,
  gi: 1024 ** 3,
  gib: 1024 ** 3,
  ti: 1024 ** 4,
  tib: 1024 ** 4,
};

const int64Bits = 64;

/** Bytes of a size such as `20GiB` or `1.5 Gi`; `G` and `GB` are powers of 1000. Undefined if it is none.
 * What does not fit 64 bits with a sign wraps around, as in the server. */
export function sizeBytes(text: string): number | undefined {
  const [, count, unit] = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/i.exec(text) ?? [];
  const factor = units[(unit ?? "").toLowerCase()];
  if (count === undefined || factor === undefined) return undefined;
  const bytes = count.includes(".") ? BigInt(Math.trunc(Number(count) * factor)) : BigInt(count) * BigInt(factor);
  return Number(BigInt.asIntN(int64Bits, bytes));
}

/** The way the server shows a size: two decimals of the largest binary unit, so what was sent cannot always be read back. */
export function sizeText(bytes: number): string {
  for (const [name, factor] of [
    ["TiB", 1024 ** 4],
    ["GiB", 1024 ** 3],
    ["MiB", 1024 ** 2],
    ["KiB", 1024],
  ] as const)
    if (bytes >= factor) return `${(bytes / factor).toFixed(2)}${name}`;
  return `${bytes}B`;
}
