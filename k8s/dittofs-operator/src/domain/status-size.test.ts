import assert from "node:assert/strict";
import { test } from "node:test";
import { status } from "./status.ts";
import { aServer } from "./testing/a-server.ts";
import { anAnswer, aPass, aServingWorld } from "./testing/a-world.ts";

test("the status of 200 failing shares with five grants each and of 500 users stays under 64 KB", (context) => {
  const users = Array.from({ length: 500 }, (_, index) => ({ name: `somebody.${index}` }));
  const shares = Array.from({ length: 200 }, (_, index) => ({ name: `/department-${index}` }));
  const server = aServer({ shares, users });
  const keys = users.slice(0, 5).map(({ name }) => `user:${name}`);
  const dittofs = anAnswer({
    outcomes: shares.map(({ name }) => ({
      family: "share",
      name,
      result: { kind: "failed", message: `Share ${name}: ${"why ".repeat(200)}` },
    })),
    appliedPasswords: Object.fromEntries(users.map(({ name }) => [name, "f".repeat(16)])),
    appliedGrants: Object.fromEntries(shares.map(({ name }) => [name, keys.join(" ")])),
    appliedSnapshotPolicies: shares.map(({ name }) => name),
    keptUsers: users.slice(0, 100).map(({ name }) => name),
  });
  const bytes = Buffer.byteLength(JSON.stringify(status(aPass(aServingWorld({ server, dittofs })))));
  context.diagnostic(`${bytes} bytes`);
  assert.ok(bytes < 64 * 1024);
});
