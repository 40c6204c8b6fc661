import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isSameJson } from "./is-same-json.ts";

test("a value equals its copy, with its fields in any order", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      assert.ok(isSameJson(value, JSON.parse(JSON.stringify(value, (_, each: unknown) => reversed(each)))));
    }),
  );
});

test("values that differ as text in field order are not the same", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
      assert.equal(isSameJson(one, other), isSameJson(other, one));
      if (JSON.stringify(one) === JSON.stringify(other)) assert.ok(isSameJson(one, other));
    }),
  );
});

const different: readonly (readonly [unknown, unknown])[] = [
  [{ a: 1 }, { a: 2 }],
  [{ a: 1 }, {}],
  [
    [1, 2],
    [2, 1],
  ],
  [[1], [1, 2]],
  [[], {}],
  [null, {}],
  [0, "0"],
];
for (const [one, other] of different) {
  test(`${JSON.stringify(one)} is not ${JSON.stringify(other)}`, () => assert.ok(!isSameJson(one, other)));
}

test("an undefined field counts as absent", () => assert.ok(isSameJson({ a: 1, b: undefined }, { a: 1 })));

function reversed(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toReversed());
}
