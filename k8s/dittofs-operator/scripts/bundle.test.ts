import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { bundle } from "./bundle.ts";

test("the operator's bundle starts without parts of Node that it never uses", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "bundle-"));
  t.after(() => rmSync(folder, { recursive: true }));
  await bundle("operator", folder);
  const loaded = join(folder, "loaded.mjs");
  writeFileSync(loaded, `process.on("exit", () => process.stderr.write(process.moduleLoadList.join("\\n")));`);
  const args = ["--import", loaded, join(folder, "operator.mjs"), "--help"];
  const { stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  const modules = stderr.split("\n");
  assert.ok(modules.includes("NativeModule https"), "the list of modules is not what it was");
  assert.ok(!modules.includes("NativeModule internal/deps/undici/undici"), "undici is loaded");
});
