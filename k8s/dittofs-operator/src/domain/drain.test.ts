import assert from "node:assert/strict";
import { test } from "node:test";
import type { DittoServer, DittoServerSpec } from "../api/ditto-server.ts";
import { drainLimitMs, drainText, hasUploads, unfinishedText } from "./drain.ts";
import { aServer, defaultSpec } from "./testing/a-server.ts";

const stores: DittoServerSpec["stores"] = {
  remote: [
    { name: "offsite", type: "s3", s3: { bucket: "files", credentialsSecretRef: { name: "keys" } } },
    { name: "scratch", type: "memory" },
  ],
};
const withShare = (
  remoteStore?: string,
  meta: Partial<DittoServer["metadata"]> = {},
  spec: Partial<DittoServerSpec> = {},
) => aServer({ ...spec, stores, shares: [{ name: "/a", ...(remoteStore !== undefined && { remoteStore }) }] }, meta);

test("only a share on a bucket makes a server upload", () => {
  assert.deepEqual(
    [undefined, "scratch", "offsite"].map((remote) => hasUploads(withShare(remote))),
    [false, false, true],
  );
});

test("the limit is the server's own for a drain that stands still", () => {
  assert.equal(drainLimitMs(aServer()), 300_000);
  const server = aServer({ controlPlane: { ...defaultSpec.controlPlane, drainStallTimeout: "90s" } });
  assert.equal(drainLimitMs(server), 90_000);
  assert.match(drainText(server, undefined), /^What is not in the remote stores yet is uploaded .* for 90s at most\.$/);
});

test("the amount is told in units that people read", () => {
  assert.match(
    drainText(aServer(), 5_000_000),
    /^About 5 MiB is uploaded before the file server stops, for 5m at most\.$/,
  );
  assert.match(drainText(aServer(), 3 * 2 ** 30), /^About 3\.0 GiB/);
});

test("what a stop leaves behind is told by where it is: it goes on, it is kept, or it is gone", () => {
  const ended = { deletionTimestamp: "2026-01-01T00:00:00Z" };
  const texts = [
    unfinishedText(withShare("offsite"), 1, "It hung."),
    unfinishedText(withShare("offsite", ended), 1, "It hung."),
    unfinishedText(withShare("offsite", ended, { deletionPolicy: "Delete" }), undefined, "It hung."),
  ];
  assert.deepEqual(texts, [
    "Not all of about 1 MiB is uploaded, and the file server stops all the same. What is left is on its volume and goes on when it starts again. It hung.",
    "Not all of about 1 MiB is uploaded, and the file server stops all the same. What is left is on the volumes that are kept. It hung.",
    "Whether everything is uploaded is not known, and the file server stops all the same. What is left goes with the volumes. It hung.",
  ]);
});
