const units: Readonly<Record<string, bigint>> = {
  B: 1n,
  KiB: 1024n,
  MiB: 1024n ** 2n,
  GiB: 1024n ** 3n,
  TiB: 1024n ** 4n,
  PiB: 1024n ** 5n,
  EiB: 1024n ** 6n,
};

const shownPattern = /^(\d{1,20})(?:\.(\d{1,4}))?\s?([KMGTPE]?i?B)?$/;

/**
 * Whether the server can mean these bytes by this text. It shows sizes with two decimals of a binary unit, so many sizes
 * share one text; asking for text equality would repeat the PUT for ever.
 */
export function isShownAs(bytes: bigint, shown: string | undefined): boolean {
  const [, whole = "", fraction = "", unit = "B"] = shownPattern.exec(shown ?? "") ?? [];
  const unitBytes = units[unit];
  if (whole === "" || unitBytes === undefined) return false;
  const shownTenThousandths = BigInt(whole + fraction.padEnd(4, "0")) * unitBytes;
  const distance = bytes * 10_000n - shownTenThousandths;
  const halfStep = unitBytes === 1n ? 0n : 50n * unitBytes;
  return (distance < 0n ? -distance : distance) <= halfStep;
}
