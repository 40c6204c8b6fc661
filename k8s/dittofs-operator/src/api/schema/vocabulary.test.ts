import assert from "node:assert/strict";
import { test } from "node:test";
import * as z from "zod";
import {
  atomicList,
  bool,
  celString,
  duration,
  immutable,
  int32,
  int64,
  intOrString,
  listMap,
  map,
  object,
  objectName,
  oneOf,
  preserve,
  quantity,
  secretKeyRef,
  set,
  text,
} from "./vocabulary.ts";

const form = { pattern: "^[a-z]+$", message: "must be lower-case letters" };
const word = text("A word.", { minLength: 1, maxLength: 5, form });
const pair = object("A pair.", { name: word, weight: int32("A weight.", { min: 0, max: 9 }).exactOptional() });

type Row = readonly [what: string, schema: z.ZodType, value: unknown, isTaken: boolean, because: string];

const rows: readonly Row[] = [
  ["text", word, "abc", true, "it has the form"],
  ["text", word, "", false, "it is too short"],
  ["text", word, "abcdef", false, "it is too long"],
  ["text", word, "AB", false, "it lacks the form"],
  ["text", word, 1, false, "a number is no text"],
  ["int32", int32("A number.", { min: 1, max: 9 }), 9, true, "the bounds are inside"],
  ["int32", int32("A number.", { min: 1, max: 9 }), 10, false, "it is above the bound"],
  ["int32", int32("A number.", { min: 1, max: 9 }), 1.5, false, "it is not whole"],
  ["int64", int64("A number.", { min: 0, max: 2 ** 40 }), 2 ** 40, true, "it is beyond 32 bits"],
  ["bool", bool("A flag."), true, true, "it is a flag"],
  ["bool", bool("A flag."), "true", false, "a text is no flag"],
  ["oneOf", oneOf("A choice.", ["a", "b"]), "b", true, "it is listed"],
  ["oneOf", oneOf("A choice.", ["a", "b"]), "B", false, "letters count"],
  ["quantity", quantity("A size."), "1.5Ti", true, "fractions are quantities"],
  ["quantity", quantity("A size."), "20GiB", false, "Kubernetes knows no GiB"],
  ["quantity", quantity("A size."), "-1Gi", false, "a size is positive"],
  ["quantity", quantity("A size."), 5, false, "a bare number is more likely an error than bytes"],
  ["duration", duration("A time.", { min: "1s", max: "1h" }), "1m30s", true, "units add up"],
  ["duration", duration("A time.", { min: "1s", max: "1h" }), "30", false, "the unit is missing"],
  ["duration", duration("A time.", { min: "1s", max: "1h" }), "1h30", false, "the last unit is missing"],
  ["duration", duration("A time.", { min: "1s", max: "1h" }), "1d", false, "Go knows no days"],
  ["intOrString", intOrString("Either.", { maxLength: 5 }), 8, true, "a number"],
  ["intOrString", intOrString("Either.", { maxLength: 5 }), "500m", true, "a text"],
  ["intOrString", intOrString("Either.", { maxLength: 5 }), true, false, "neither"],
  ["object", pair, { name: "a" }, true, "the weight may be left out"],
  ["object", pair, { name: "a", colour: "red" }, false, "unknown fields are refused"],
  ["object", pair, { name: "a", weight: undefined }, false, "left out is not undefined"],
  [
    "listMap",
    listMap("Pairs.", ["name"], pair, { maxItems: 2 }),
    [{ name: "a" }, { name: "b" }],
    true,
    "the keys differ",
  ],
  [
    "listMap",
    listMap("Pairs.", ["name"], pair, { maxItems: 2 }),
    [{ name: "a" }, { name: "a" }],
    false,
    "two of one key",
  ],
  ["listMap", listMap("Pairs.", ["name"], pair, { maxItems: 1 }), [{ name: "a" }, { name: "b" }], false, "too many"],
  ["set", set("Words.", word, { maxItems: 3 }), ["a", "b"], true, "they differ"],
  ["set", set("Words.", word, { maxItems: 3 }), ["a", "a"], false, "one stands twice"],
  ["atomicList", atomicList("Words.", word, { maxItems: 3 }), ["a", "a"], true, "repetition is allowed"],
  ["map", map("Words.", word, { maxProperties: 1 }), { any: "a" }, true, "keys are free"],
  ["map", map("Words.", word, { maxProperties: 1 }), { any: "a", other: "b" }, false, "too many"],
  ["preserve", preserve("Anything.", { maxProperties: 9 }), { any: [{ thing: 1 }] }, true, "everything is kept"],
  ["preserve", preserve("Anything.", { maxProperties: 9 }), "text", false, "it must be an object"],
  ["objectName", objectName("A name."), "a.b-c", true, "a DNS subdomain"],
  ["objectName", objectName("A name."), "A_b", false, "no DNS subdomain"],
  ["secretKeyRef", secretKeyRef("A key."), { name: "a", key: "tls.crt" }, true, "name and key"],
  ["secretKeyRef", secretKeyRef("A key."), { name: "a" }, false, "the key is missing"],
  ["secretKeyRef", secretKeyRef("A key."), { name: "a", key: "b", namespace: "c" }, false, "never another namespace"],
];

for (const [what, schema, value, isTaken, because] of rows) {
  test(`${what} ${isTaken ? "takes" : "refuses"} ${JSON.stringify(value)}: ${because}`, () => {
    assert.equal(schema.safeParse(value).success, isTaken);
  });
}

test("a form becomes a rule whose message is ours, and no bare pattern", () => {
  const emitted = z.toJSONSchema(word, { target: "openapi-3.0" });
  assert.deepEqual(emitted["x-kubernetes-validations"], [
    { rule: 'self.matches("^[a-z]+$")', message: "must be lower-case letters" },
  ]);
  assert.equal(emitted.pattern, undefined);
});

test("rules of a field stand after the rule of its form", () => {
  const name = objectName("A name.", [immutable("make another")]);
  const rules: unknown = z.toJSONSchema(name, { target: "openapi-3.0" })["x-kubernetes-validations"];
  assert.ok(Array.isArray(rules));
  assert.deepEqual(rules.at(-1), {
    rule: "self == oldSelf",
    message: "cannot be changed after creation: make another",
  });
  assert.equal(rules.length, 2);
});

test("list keys and list types reach the schema", () => {
  const emitted = z.toJSONSchema(listMap("Pairs.", ["name"], pair, { maxItems: 2 }), { target: "openapi-3.0" });
  assert.equal(emitted["x-kubernetes-list-type"], "map");
  assert.deepEqual(emitted["x-kubernetes-list-map-keys"], ["name"]);
  assert.equal(emitted.maxItems, 2);
});

test("a CEL literal keeps quotes and backslashes", () => {
  assert.equal(celString(String.raw`a"\.b`), String.raw`"a\"\\.b"`);
});
