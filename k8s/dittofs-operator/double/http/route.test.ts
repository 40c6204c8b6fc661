import assert from "node:assert/strict";
import { test } from "node:test";
import { json } from "./answer.ts";
import { type Family, family, get, match, post, put } from "./route.ts";

const handler = () => json({});
const families: readonly Family[] = [
  family("/things", "settled", [get("/ports", handler), get("", handler, "operator"), post("", handler)]),
  family("/things/{thing}", "admin", [get("", handler), put("", handler), get("/parts/{part}", handler)]),
  family("/open", "open", [get("", handler)]),
];

function found(method: string, path: string): unknown {
  const { gate, found: at } = match(families, method, path);
  return at.kind === "route" ? [gate, at.pattern, { ...at.params }] : [gate, at.kind];
}

test("a path leads to its handler, its parts, and the gate before them", () => {
  const rows: readonly (readonly [method: string, path: string, expected: unknown, because: string])[] = [
    ["GET", "/things", ["settled", "/things", {}], "the root of a family"],
    ["GET", "/things/", ["settled", "/things", {}], "the root may end in a slash"],
    ["GET", "/things/ports", ["settled", "/things/ports", {}], "a fixed name wins over a part"],
    ["GET", "/things/a", ["admin", "/things/{thing}", { thing: "a" }], "a part"],
    ["GET", "/things/a/", ["admin", "/things/{thing}", { thing: "a" }], "the root of the inner family"],
    ["GET", "/things/a/parts/b", ["admin", "/things/{thing}/parts/{part}", { thing: "a", part: "b" }], "two parts"],
    ["GET", "/things/a/parts/b/", ["admin", "noPath"], "only a root may end in a slash"],
    ["GET", "/things/a/nope", ["admin", "noPath"], "guarded although it does not exist"],
    ["DELETE", "/things", ["settled", "noMethod"], "no such method"],
    ["POST", "/things/ports", ["admin", "noMethod"], "guarded by the longest prefix"],
    ["GET", "/nope", ["open", "noPath"], "outside of all families"],
    ["GET", "/open/x", ["open", "noPath"], "below an open family"],
  ];
  for (const [method, path, expected, because] of rows)
    assert.deepEqual(found(method, path), expected, `${method} ${path}: ${because}`);
});

test("a part is decoded only if the path is escaped no more than needed", () => {
  const thing = (path: string): unknown => {
    const at = match(families, "GET", path).found;
    return at.kind === "route" ? at.params.thing : at.kind;
  };
  assert.equal(thing("/things/a%20b"), "a b");
  assert.equal(thing("/things/a%2Fb"), "a%2Fb");
  assert.equal(thing("/things/%61"), "%61");
  assert.equal(thing("/things/a:b"), "a:b");
  assert.equal(thing("/things/a%zz"), "a%zz");
});

test("what is allowed instead is named in one order", () => {
  const at = match(families, "DELETE", "/things/a").found;
  assert.deepEqual(at, { kind: "noMethod", allowed: ["GET", "PUT"] });
});
