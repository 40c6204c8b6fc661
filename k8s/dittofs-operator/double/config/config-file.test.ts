import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { StartError } from "../start-error.ts";
import { configFile } from "./config-file.ts";

const folder = mkdtempSync(join(tmpdir(), "dittofs-double-config-"));
after(() => rmSync(folder, { recursive: true }));

function fileWith(content: string): string {
  const path = join(folder, "config.yaml");
  writeFileSync(path, content);
  return path;
}

test("a file is read as plain values; an empty one has none", () => {
  assert.deepEqual(configFile(fileWith("controlplane: { port: 8081 }\n")), { controlplane: { port: 8081 } });
  assert.equal(configFile(fileWith("")), null);
});

test("a missing file, broken YAML and a key given twice end the start, without a word of the content", () => {
  assert.throws(() => configFile(join(folder, "none.yaml")), /not found/);
  for (const content of ["a: [s3cret\n", "a:\n\tb: s3cret\n", "a: s3cret\na: s3cret\n"])
    assert.throws(
      () => configFile(fileWith(content)),
      (error) => error instanceof StartError && !error.message.includes("s3cret"),
    );
});
