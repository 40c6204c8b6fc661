import assert from "node:assert/strict";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import { stays } from "./stays.ts";

/** The expression is also JavaScript, once `has` asks for undefined. */
function holds(self: object, oldSelf: object): boolean {
  const has = (value: unknown) => value !== undefined;
  return runInNewContext(stays("store", '"default"'), { self, oldSelf, has }) === true;
}

const rows: readonly (readonly [before: object, after: object, isKept: boolean, because: string])[] = [
  [{}, {}, true, "left out both times"],
  [{ store: "a" }, { store: "a" }, true, "the same name"],
  [{ store: "a" }, { store: "b" }, false, "another name"],
  [{ store: "a" }, {}, false, "left out means default, which it was not"],
  [{}, { store: "a" }, false, "it was default"],
  [{ store: "default" }, {}, true, "left out means default"],
  [{}, { store: "default" }, true, "spelled out what it was"],
];

for (const [before, after, isKept, because] of rows) {
  test(`${JSON.stringify(before)} to ${JSON.stringify(after)} ${isKept ? "stays" : "changes"}: ${because}`, () => {
    assert.equal(holds(after, before), isKept);
  });
}
