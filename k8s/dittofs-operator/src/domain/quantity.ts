/** An exact Kubernetes quantity: billionths of its unit, and the family of suffixes in which it was written. */
export type Quantity = {
  readonly nanos: bigint;
  readonly format: "binary" | "decimal" | "exponent";
};

const nanosPerUnit = 1_000_000_000n;

/** The API server caps a binary quantity here: what fits in a signed 64-bit integer. */
const largestBinaryNanos = (2n ** 63n - 1n) * nanosPerUnit;

/** Above, no quantity means anything, and 10^exponent would grow without a bound. */
const largestExponent = 30;

const binarySuffixes = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
const decimalSuffixes = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];

const quantityPattern = /^([+-]?)(\d*)(?:\.(\d*))?(?:([KMGTPE]i)|([numkMGTPE]?)|[eE]([+-]?\d+))$/;

/**
 * Reads a quantity as the API server does (apimachinery, `resource.ParseQuantity`): what is finer than a billionth is
 * rounded away from zero. Throws a RangeError for what is no quantity; the schema's pattern keeps such out of a spec.
 */
export function quantity(text: string | number): Quantity {
  const [, sign, whole = "", fraction = "", binary, decimal, exponent] = quantityPattern.exec(String(text)) ?? [];
  if (whole + fraction === "") throw notAQuantity(text);
  const power = exponent === undefined ? decimalPower(decimal ?? "") : Number(exponent);
  if (Math.abs(power) > largestExponent) throw notAQuantity(text);

  const digits = BigInt(whole + fraction);
  const multiplier = binary === undefined ? 1n : 1024n ** BigInt(binarySuffixes.indexOf(binary));
  const magnitude = scaledUp(digits * multiplier, (binary === undefined ? power : 0) - fraction.length + 9);
  const format = binary !== undefined ? "binary" : exponent !== undefined ? "exponent" : "decimal";
  const capped = format === "binary" && magnitude > largestBinaryNanos ? largestBinaryNanos : magnitude;
  return { nanos: sign === "-" ? -capped : capped, format };
}

/** The whole number of bytes that holds the quantity: a fraction counts as one more. */
export function quantityBytes(text: string | number): bigint {
  const { nanos } = quantity(text);
  const bytes = nanos / nanosPerUnit;
  return nanos > bytes * nanosPerUnit ? bytes + 1n : bytes;
}

/**
 * The one spelling that the API server gives back unchanged (`1024Mi` is `1Gi`, `1000m` is `1`), so that a wanted
 * quantity can be compared with a live one as text.
 */
export function canonicalQuantity(text: string | number): string {
  const { nanos, format } = quantity(text);
  if (nanos === 0n) return "0";
  const units = nanos / nanosPerUnit;
  const isWhole = nanos % nanosPerUnit === 0n;
  // Without a suffix it is read as a decimal one, and 15.625Ki ends as 16k.
  if (format === "binary" && isWhole && units % 1024n === 0n) {
    const { mantissa, steps } = withoutFactor(units, 1024n, binarySuffixes.length - 1);
    return `${mantissa}${binarySuffixes[steps]}`;
  }
  if (format === "exponent") {
    const { mantissa, steps } = withoutFactor(nanos, 1000n, Number.POSITIVE_INFINITY);
    return steps === 3 ? `${mantissa}` : `${mantissa}e${steps * 3 - 9}`;
  }
  const { mantissa, steps } = withoutFactor(nanos, 1000n, decimalSuffixes.length - 1);
  return `${mantissa}${decimalSuffixes[steps]}`;
}

function decimalPower(suffix: string): number {
  return decimalSuffixes.indexOf(suffix) * 3 - 9;
}

function scaledUp(digits: bigint, power: number): bigint {
  if (power >= 0) return digits * 10n ** BigInt(power);
  const divisor = 10n ** BigInt(-power);
  return (digits + divisor - 1n) / divisor;
}

function withoutFactor(value: bigint, factor: bigint, mostSteps: number): { mantissa: bigint; steps: number } {
  let mantissa = value;
  let steps = 0;
  while (steps < mostSteps && mantissa % factor === 0n) {
    mantissa /= factor;
    steps += 1;
  }
  return { mantissa, steps };
}

function notAQuantity(text: string | number): RangeError {
  return new RangeError(`"${String(text).slice(0, 80)}" is not a Kubernetes quantity such as 10Gi or 500m`);
}
