import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { parseAllDocuments } from "yaml";

function run(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/plan.ts", ...args], { encoding: "utf8" });
  return { status, stdout, stderr };
}

function runOn(manifest: string) {
  const folder = mkdtempSync(join(tmpdir(), "plan-"));
  try {
    const file = join(folder, "server.yaml");
    writeFileSync(file, manifest);
    return run(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("every object of a sample is printed as YAML, and no generated value with it", () => {
  const { status, stdout } = run("config/samples/minimal.yaml");
  assert.equal(status, 0);
  const documents = parseAllDocuments(stdout);
  const objects = documents.map((document) => document.toJS() as { kind: string; data?: object } | null); // as printed
  const kinds = objects.flatMap((object) => (object === null ? [] : [object.kind]));
  assert.deepEqual(kinds, [
    "Secret",
    "Secret",
    "ConfigMap",
    "Service",
    "Service",
    "Service",
    "Service",
    "NetworkPolicy",
    "StatefulSet",
  ]);
  for (const object of objects.filter((each) => each?.kind === "Secret")) {
    assert.deepEqual(new Set(Object.values(object?.data ?? {})), new Set(["(generated)"]));
  }
});

test("a manifest that does not fit the schema prints nothing but where and why", () => {
  const { status, stdout, stderr } = runOn(
    "apiVersion: dittofs.dittofs.com/v1alpha1\nkind: DittoServer\nmetadata: {name: files}\nspec:\n  replicas: two\n",
  );
  assert.deepEqual([status, stdout], [1, ""]);
  assert.match(stderr, /server\.yaml:5: spec\.replicas: /);
});

test("a manifest without a DittoServer is said to have none", () => {
  const { status, stderr } = runOn("kind: Secret\n");
  assert.equal(status, 1);
  assert.match(stderr, /holds no DittoServer/);
});

test("a file that is not there, and a call without one, say what to do", () => {
  assert.match(run("no/such/file.yaml").stderr, /no\/such\/file\.yaml/);
  const without = run();
  assert.equal(without.status, 2);
  assert.match(without.stderr, /make plan FILE=/);
});
