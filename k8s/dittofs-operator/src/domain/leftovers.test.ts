import assert from "node:assert/strict";
import { test } from "node:test";
import { leftovers } from "./leftovers.ts";
import { aServer, defaultSpec } from "./testing/a-server.ts";
import { plannedChildren } from "./testing/planned-children.ts";

const namesOf = (server: ReturnType<typeof aServer>): readonly string[] =>
  leftovers(server, plannedChildren(server)).map(({ kind, name }) => `${kind} ${name}`);

test("policies of the Go operator, and Services that are not wanted, are looked for when a server is taken over", () => {
  const metrics = "Service files-metrics";
  const policies = ["NetworkPolicy files-adapter-nfs", "NetworkPolicy files-adapter-smb"];
  assert.deepEqual(namesOf(aServer()), [...policies, metrics]);
  const { smb } = defaultSpec;
  assert.deepEqual(namesOf(aServer({ smb: { ...smb, enabled: false } })), [
    ...policies,
    "Service files-adapter-smb",
    metrics,
  ]);
});

test("they become children of the server, which is how the next pass finds and removes them", () => {
  const server = aServer();
  for (const { labels } of leftovers(server, [])) {
    assert.equal(labels["app.kubernetes.io/managed-by"], "dittofs-operator");
    assert.equal(labels["app.kubernetes.io/instance"], "files");
  }
});
