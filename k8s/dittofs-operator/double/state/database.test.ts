import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { StartError } from "../start-error.ts";
import { openDatabase } from "./database.ts";

const folder = mkdtempSync(join(tmpdir(), "dittofs-double-database-"));
after(() => rmSync(folder, { recursive: true }));

test("what is saved is there after the next opening, in one file that only its owner reads", () => {
  const path = join(folder, "deep", "controlplane.db");
  const database = openDatabase(path);
  database.settings.push({ key: "k", value: "v", updatedAt: "" });
  openDatabase(path);
  assert.equal(openDatabase(path).settings.length, 0, "not saved yet");
  database.save();
  assert.equal(openDatabase(path).settings[0]?.value, "v");
  assert.deepEqual(readdirSync(join(folder, "deep")), ["controlplane.db"]);
  assert.equal(statSync(path).mode & 0o777, 0o600);
});

test("another program's file and a path that cannot be written end the start, and leave the file alone", () => {
  const path = join(folder, "other.db");
  for (const content of ["SQLite format 3", "{}", '{"format":"else","tables":{}}', "null"]) {
    writeFileSync(path, content);
    assert.throws(() => openDatabase(path), StartError, content);
    assert.equal(statSync(path).size, content.length);
  }
  assert.throws(() => openDatabase("/proc/none/controlplane.db"), /cannot write/);
});
