import assert from "node:assert/strict";
import { test } from "node:test";
import { aServer } from "../testing/a-server.ts";
import type { SecretSeen } from "../world.ts";
import { envFromDigests } from "./env-from-digests.ts";

const of = (seen: SecretSeen, optional = false): string | undefined => {
  const server = aServer({ pod: { envFrom: [{ secretRef: { name: "proxy", ...(optional && { optional }) } }] } });
  return envFromDigests(server, new Map([["proxy", seen]])).get("envFrom proxy");
};
const present = (keys: Readonly<Record<string, string>>): SecretSeen => ({
  kind: "present",
  keys: new Map(Object.entries(keys).map(([key, digest]) => [key, { digest, lengthBytes: 1 }])),
});

test("every key counts, in any order", () => {
  assert.equal(of(present({ a: "1", b: "2" })), of(present({ b: "2", a: "1" })));
  assert.notEqual(of(present({ a: "1", b: "2" })), of(present({ a: "1", b: "3" })), "another value");
  assert.notEqual(of(present({ a: "1" })), of(present({ b: "1" })), "another name of the variable");
});

test("a Secret that is needed and missing has none, so that nothing restarts", () => {
  assert.equal(of({ kind: "absent" }), undefined);
  assert.equal(of({ kind: "unreadable", message: "" }), undefined);
});

test("one that may be missing restarts the server when it comes", () => {
  assert.equal(of({ kind: "absent" }, true), "");
  assert.notEqual(of(present({ a: "1" }), true), "");
});
