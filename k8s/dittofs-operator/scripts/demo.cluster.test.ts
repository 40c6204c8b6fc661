import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { assertFigure } from "../test/acceptance/assert-figure.ts";

test("the demo holds what it tells, and takes no long time once everything is built", (t) => {
  const startMs = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/demo.ts"], {
    encoding: "utf8",
    timeout: 300_000,
    env: { ...process.env, LAB: `demo-${process.pid}` },
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
  assertFigure(t, "the demo", { value: performance.now() - startMs, limit: 60_000, unit: "ms" });
});
