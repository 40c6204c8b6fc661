import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { writeServiceAccountVolume } from "./service-account-volume.ts";

test("a new token replaces the old one at the same path, through the link that a kubelet swaps", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "service-account-"));
  t.after(() => rmSync(folder, { recursive: true }));
  writeServiceAccountVolume(folder, { token: "one", "ca.crt": "ca", namespace: "here" });
  const first = readlinkSync(join(folder, "..data"));
  writeServiceAccountVolume(folder, { token: "two", "ca.crt": "ca", namespace: "here" });
  assert.equal(readFileSync(join(folder, "token"), "utf8"), "two");
  assert.equal(readFileSync(join(folder, "namespace"), "utf8"), "here");
  assert.equal(readlinkSync(join(folder, "token")), "..data/token");
  assert.notEqual(readlinkSync(join(folder, "..data")), first);
});
