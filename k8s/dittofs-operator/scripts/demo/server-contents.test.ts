import assert from "node:assert/strict";
import { test } from "node:test";
import { rows, serverContents } from "./server-contents.ts";

const answers: Readonly<Record<string, unknown>> = {
  "/api/v1/shares": [
    { id: "s2", name: "/b", used_bytes: 5 },
    { id: "s1", name: "/a" },
  ],
  "/api/v1/store/metadata": [{ id: "m1", name: "default" }],
  "/api/v1/store/block/local": [{ id: "l1", name: "default" }],
  "/api/v1/users": [{ id: "u1", username: "admin", last_login: "now" }],
};
const rest = { get: (path: string) => Promise.resolve(answers[path]), post: () => Promise.reject(new Error()) };

test("contents are identities in one order, without what changes by itself", async () => {
  assert.deepEqual(await serverContents(rest), {
    shares: [
      { id: "s1", name: "/a" },
      { id: "s2", name: "/b" },
    ],
    stores: [
      { id: "m1", name: "default" },
      { id: "l1", name: "default" },
    ],
    users: [{ id: "u1", name: "admin" }],
  });
});

test("an answer that is no list is not taken for an empty one", () => {
  assert.throws(() => rows(undefined, "name"), /something else than a list/);
});
