import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { mergedConfig, shownConfig, storeConfig } from "./store-config.ts";

test("a configuration is the JSON of an object; nothing and null are an empty one", () => {
  assert.deepEqual(storeConfig('{"path":"/x"}'), { path: "/x" });
  assert.deepEqual(storeConfig(""), {});
  assert.deepEqual(storeConfig("null"), {});
  for (const text of ["{", "[]", '"x"', "5"]) assert.equal(storeConfig(text), undefined, text);
});

test("what is no JSON is not shown at all", () => {
  assert.deepEqual(shownConfig("null"), { config: null });
  assert.deepEqual(shownConfig(""), {});
  assert.deepEqual(shownConfig("not json"), {});
});

const secretKey = fc.constantFrom("secret_access_key", "bind_password", "Client_Secret", "api_KEY");
const config = fc.dictionary(
  fc.oneof(secretKey, fc.constantFrom("path", "keys", "note")),
  fc.oneof(fc.string(), fc.integer(), fc.dictionary(secretKey, fc.string())),
);

test("nothing under a secret's name is ever shown, at any depth", () => {
  fc.assert(
    fc.property(config, (value) => {
      const walk = (node: unknown): void => {
        if (typeof node !== "object" || node === null) return;
        for (const [key, child] of Object.entries(node))
          if (/secret|password|_key$/i.test(key)) assert.equal(child, "********", key);
          else walk(child);
      };
      walk(shownConfig(JSON.stringify(value)).config);
    }),
  );
});

test("an echo of what is shown changes nothing", () => {
  fc.assert(
    fc.property(config, (value) => {
      const stored = JSON.stringify(value);
      const echoed = mergedConfig(stored, JSON.stringify(shownConfig(stored).config));
      assert.deepEqual(JSON.parse(echoed), JSON.parse(stored));
    }),
  );
});

test("a hidden value without anything behind it stays as it was sent", () => {
  assert.equal(mergedConfig('{"path":"/x"}', '{"secret":"********"}'), '{"secret":"********"}');
  assert.equal(mergedConfig("", '{"secret":"********"}'), '{"secret":"********"}');
  assert.equal(mergedConfig('{"a":["x"]}', '{"a":["********","********"]}'), '{"a":["x","********"]}');
});
