import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { resourceVersionOrder } from "./resource-version-order.ts";

describe("the order of resource versions", () => {
  const rows = [
    { a: "9", b: "10", order: "older", because: "they are numbers, not text" },
    { a: "10", b: "9", order: "newer", because: "they are numbers, not text" },
    { a: "10", b: "10", order: "same", because: "they are equal" },
    { a: "99999999999999999998", b: "99999999999999999999", order: "older", because: "they may exceed 2^53" },
    { a: "x1", b: "x1", order: "same", because: "equal text is the same version, whatever it means" },
    { a: "x1", b: "2", order: "unknown", because: "the first is no number" },
    { a: "02", b: "1", order: "unknown", because: "a leading zero is not well formed" },
    { a: "0", b: "1", order: "unknown", because: "0 is a request for any version, not a version" },
    { a: "", b: "1", order: "unknown", because: "an empty text is not a version" },
    { a: undefined, b: "1", order: "unknown", because: "there is none to compare" },
    { a: "1", b: undefined, order: "unknown", because: "there is none to compare with" },
  ] as const;
  for (const { a, b, order, because } of rows) {
    test(`${a} is ${order} against ${b}, because ${because}`, () => {
      assert.equal(resourceVersionOrder(a, b), order);
    });
  }

  test("agrees with whole numbers of any size", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 40n }), fc.bigInt({ min: 1n, max: 10n ** 40n }), (a, b) => {
        assert.equal(resourceVersionOrder(`${a}`, `${b}`), a < b ? "older" : a > b ? "newer" : "same");
      }),
    );
  });
});
