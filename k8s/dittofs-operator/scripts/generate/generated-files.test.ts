import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parseAllDocuments } from "yaml";
import { generatedFiles } from "./generated-files.ts";

const files = generatedFiles();

for (const { path, content } of files) {
  test(`${path} is what the sources make, and says so in its first line`, () => {
    assert.equal(readFileSync(join(import.meta.dirname, "../..", path), "utf8"), content);
    assert.match(content, /^(#|<!--) Made from \S+ by `node scripts\/generate\.ts`/);
  });
}

test("every manifest is YAML without aliases, which kubectl takes and people misread", () => {
  for (const { path, content } of files.filter((file) => file.path.endsWith(".yaml"))) {
    for (const document of parseAllDocuments(content)) assert.deepEqual(document.errors, [], path);
    assert.doesNotMatch(content, /^\s*[\w-]+: [&*]\w/m, path);
  }
});
