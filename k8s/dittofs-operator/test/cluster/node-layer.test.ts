import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { labScripts } from "./lab-script.ts";

const run = promisify(execFile);

test("labs that start at once with an empty cache get one layer with Node, which is not replaced under their hands", {
  timeout: 60_000,
}, async (t) => {
  const cache = mkdtempSync(join(tmpdir(), "lab-cache-"));
  t.after(() => rmSync(cache, { recursive: true }));
  const layer = async () => {
    const { stdout } = await run(join(labScripts, "node-layer.sh"), {
      env: { ...process.env, XDG_CACHE_HOME: cache },
    });
    const path = stdout.trim();
    return { path, inode: statSync(path).ino };
  };
  const [first, ...others] = await Promise.all([layer(), layer(), layer()]);
  assert.deepEqual(others, [first, first]);
});
