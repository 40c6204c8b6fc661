import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { canonicalQuantity, quantity, quantityBytes } from "./quantity.ts";

const spellings = [
  { text: "1024Mi", canonical: "1Gi", bytes: 1073741824n, because: "the largest suffix without a fraction wins" },
  { text: "1.5Gi", canonical: "1536Mi", bytes: 1610612736n, because: "no fraction survives" },
  { text: "0.5Gi", canonical: "512Mi", bytes: 536870912n, because: "no fraction survives" },
  { text: "1023Ki", canonical: "1023Ki", bytes: 1047552n, because: "it is canonical already" },
  { text: "0.1Ki", canonical: "102400m", bytes: 103n, because: "a binary fraction of a byte turns decimal" },
  { text: "0.5Ki", canonical: "512", bytes: 512n, because: "below 1024 there is no binary suffix" },
  { text: "15.625Ki", canonical: "16k", bytes: 16_000n, because: "what no binary suffix fits is read as decimal" },
  { text: "1Ki", canonical: "1Ki", bytes: 1024n, because: "1024 is the first with a binary suffix" },
  { text: "1024", canonical: "1024", bytes: 1024n, because: "a decimal quantity stays decimal" },
  { text: "100000k", canonical: "100M", bytes: 100000000n, because: "the largest suffix without a fraction wins" },
  { text: "1000m", canonical: "1", bytes: 1n, because: "a thousand thousandths" },
  { text: "1500m", canonical: "1500m", bytes: 2n, because: "one and a half has no coarser spelling" },
  { text: "1.500", canonical: "1500m", bytes: 2n, because: "one and a half has no coarser spelling" },
  { text: ".5", canonical: "500m", bytes: 1n, because: "a whole part may be missing" },
  { text: "1.G", canonical: "1G", bytes: 1000000000n, because: "a fraction may be empty" },
  { text: "0.1n", canonical: "1n", bytes: 1n, because: "what is too fine is rounded up, never to nothing" },
  { text: "1E", canonical: "1E", bytes: 10n ** 18n, because: "a bare E is a suffix" },
  { text: "1E3", canonical: "1e3", bytes: 1000n, because: "an E before digits is an exponent" },
  { text: "1000e0", canonical: "1e3", bytes: 1000n, because: "an exponent stays an exponent" },
  { text: "1e20", canonical: "100e18", bytes: 10n ** 20n, because: "exponents go in steps of three" },
  { text: "5e0", canonical: "5", bytes: 5n, because: "an exponent of zero is not written" },
  { text: "1000000Ei", canonical: "9223372036854775807", bytes: 2n ** 63n - 1n, because: "the API server caps there" },
  { text: "+5Gi", canonical: "5Gi", bytes: 5368709120n, because: "a plus says nothing" },
  { text: "-5Gi", canonical: "-5Gi", bytes: -5368709120n, because: "a sign is kept" },
  { text: "-1.5", canonical: "-1500m", bytes: -1n, because: "bytes are rounded up" },
  { text: "0Gi", canonical: "0", bytes: 0n, because: "nothing has no suffix" },
  { text: "00012", canonical: "12", bytes: 12n, because: "leading zeros say nothing" },
  { text: 2, canonical: "2", bytes: 2n, because: "YAML reads `cpu: 2` as a number" },
  { text: 0.5, canonical: "500m", bytes: 1n, because: "YAML reads `cpu: 0.5` as a number" },
] as const;

for (const { text, canonical, bytes, because } of spellings) {
  test(`${text} is written ${canonical}: ${because}`, () => {
    assert.equal(canonicalQuantity(text), canonical);
    assert.equal(quantityBytes(text), bytes);
  });
}

for (const text of [
  "",
  "Gi",
  ".",
  "1 Gi",
  "1gi",
  "1KI",
  "1e",
  "1Em",
  "1.2.3",
  "five",
  "1e31",
  "1e-99999999999",
  "1m1",
]) {
  test(`"${text}" is refused as no quantity`, () => {
    assert.throws(() => quantity(text), { name: "RangeError", message: /is not a Kubernetes quantity/ });
  });
}

const anyQuantity = fc
  .tuple(
    fc.constantFrom("", "-", "+"),
    fc.bigInt({ min: 0n, max: 10n ** 15n }),
    fc.constantFrom("", ".5", ".25", ".125", ".000001", ".000"),
    fc.constantFrom("", "n", "u", "m", "k", "M", "G", "T", "Ki", "Mi", "Gi", "Ti", "e3", "e-3", "E6"),
  )
  .map(([sign, whole, fraction, suffix]) => `${sign}${whole}${fraction}${suffix}`);

test("the canonical spelling has the same value and is its own canonical spelling", () => {
  fc.assert(
    fc.property(anyQuantity, (text) => {
      const canonical = canonicalQuantity(text);
      assert.equal(quantity(canonical).nanos, quantity(text).nanos);
      assert.equal(canonicalQuantity(canonical), canonical);
    }),
  );
});
