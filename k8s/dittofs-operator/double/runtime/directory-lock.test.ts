import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { lockDirectory } from "./directory-lock.ts";

const folder = mkdtempSync(join(tmpdir(), "dittofs-double-lock-"));
after(() => rmSync(folder, { recursive: true }));

test("a directory has one owner, and another once it is released", async () => {
  const path = join(folder, "deep", "store");
  const first = await lockDirectory(path);
  assert.ok(first !== undefined);
  assert.equal(await lockDirectory(path), undefined);
  await first.release();
  const second = await lockDirectory(path);
  assert.ok(second !== undefined);
  await second.release();
});

test("a path of any length can be locked", async () => {
  const lock = await lockDirectory(join(folder, "x".repeat(120), "y".repeat(120)));
  await lock?.release();
  assert.ok(lock !== undefined);
});

test("another process has the lock until it dies, however it dies", async () => {
  const path = join(folder, "killed");
  const program = `import { lockDirectory } from ${JSON.stringify(join(import.meta.dirname, "directory-lock.ts"))};
    await lockDirectory(${JSON.stringify(path)}); console.log("locked"); setInterval(() => {}, 1000);`;
  const owner = spawn(process.execPath, ["--input-type=module-typescript", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise((resolve) => owner.stdout.once("data", resolve));
  assert.equal(await lockDirectory(path), undefined);
  owner.kill("SIGKILL");
  await new Promise((resolve) => owner.once("exit", resolve));
  const lock = await lockDirectory(path);
  assert.ok(lock !== undefined, "a dead owner's lock is taken over");
  await lock.release();
});

test("what is no directory cannot be locked", async () => {
  writeFileSync(join(folder, "file"), "");
  await assert.rejects(lockDirectory(join(folder, "file")));
  await assert.rejects(lockDirectory("/proc/none/store"));
});
