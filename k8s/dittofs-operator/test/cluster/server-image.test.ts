import assert from "node:assert/strict";
import { resolve } from "node:path";
import { test } from "node:test";
import { serverProgram } from "./server-image.ts";

test("the file server of the full lab is the double, unless a program is named", () => {
  assert.deepEqual(serverProgram({}), { kind: "double" });
  assert.deepEqual(serverProgram({ DITTOFS_PROGRAM: "" }), { kind: "double" });
  const named = serverProgram({ DITTOFS_PROGRAM: "bin/dfs" });
  assert.deepEqual(named, { kind: "dittofs", path: resolve("bin/dfs") }, "whatever the folder of who uses it");
});
