import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";

test("the demo holds what it tells, in less than a minute once everything is built", () => {
  const startMs = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/demo.ts"], {
    encoding: "utf8",
    timeout: 180_000,
  });
  assert.equal(status, 0, `${stdout}\n${stderr}`);
  for (const claim of [
    "the share is served",
    "one restart, one new revision",
    "generated passwords stay",
    "alice is there",
  ]) {
    assert.match(stdout, new RegExp(`^   ok .*${claim}`, "m"));
  }
  assert.match(stdout, /^ +mount -t nfs /m);
  assert.ok(performance.now() - startMs < 60_000);
});
