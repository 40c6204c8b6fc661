import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { rolloutDigest } from "./rollout.ts";

const digest = (configFile: string, secrets: readonly (readonly [string, string | undefined])[]) =>
  rolloutDigest({ configFile, secretDigests: new Map(secrets) });

test("the digest is a SHA-256 in hex", () => {
  assert.match(digest("a: 1\n", [["TOKEN", "d1"]]) ?? "", /^[0-9a-f]{64}$/);
});

test("a missing Secret gives no digest instead of another one", () => {
  assert.equal(
    digest("a: 1\n", [
      ["TOKEN", "d1"],
      ["PASSWORD", undefined],
    ]),
    undefined,
  );
});

test("other contents in any place give another digest", () => {
  const all = [
    digest("a: 1\n", [["TOKEN", "d1"]]),
    digest("a: 2\n", [["TOKEN", "d1"]]),
    digest("a: 1\n", [["TOKEN", "d2"]]),
    digest("a: 1\n", [["OTHER", "d1"]]),
    digest("a: 1\n", []),
    digest("a: 1\nTOKEN", [["d", "1"]]),
    digest("a: 1\n", [["TOKENd", "1"]]),
  ];
  assert.equal(new Set(all).size, all.length);
});

test("two different inputs never run into the same text", () => {
  const inputs = fc.tuple(
    fc.string(),
    fc.uniqueArray(fc.tuple(fc.string(), fc.string()), { selector: ([name]) => name }),
  );
  fc.assert(
    fc.property(inputs, inputs, ([oneFile, oneSecrets], [otherFile, otherSecrets]) => {
      const isSame = JSON.stringify([oneFile, oneSecrets]) === JSON.stringify([otherFile, otherSecrets]);
      assert.equal(digest(oneFile, oneSecrets) === digest(otherFile, otherSecrets), isSame);
    }),
  );
});
