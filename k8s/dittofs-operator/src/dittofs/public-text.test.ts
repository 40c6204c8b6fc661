import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { publicText } from "./public-text.ts";

test("control characters and line breaks become single spaces", () => {
  assert.equal(publicText("  a\r\n\tb\u0007c\u2028d\u202Ee  "), "a b c d e");
});

test("a long text ends in an ellipsis", () => {
  const text = publicText("x".repeat(10_000));
  assert.equal(text.length, 200);
  assert.ok(text.endsWith("x…"));
});

test("whatever a server sends, the text is bounded, one line, well-formed and without the secrets", () => {
  const secret = fc.stringMatching(/^[a-zA-Z0-9.!-]{8,72}$/);
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 400 }), secret, (noise, password) => {
      const text = publicText(`${noise}${password}${noise}`, [password, ""]);
      assert.ok(text.length <= 200);
      assert.ok(text.isWellFormed());
      assert.doesNotMatch(text, /[\p{Cc}\p{Zl}\p{Zp}]/u);
      assert.ok(!text.includes(password));
    }),
  );
});

test("a secret is not left half when the text is cut", () => {
  const text = publicText(`${"x".repeat(195)}correct-horse-battery`, ["correct-horse-battery"]);
  assert.ok(!text.includes("corr"), text);
});
