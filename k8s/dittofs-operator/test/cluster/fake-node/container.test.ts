import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { aStatefulSet } from "./a-stateful-set.ts";
import { type Contents, containerEnvironment } from "./container-environment.ts";
import { ContainerError } from "./container-error.ts";
import { makeContainerRoot } from "./container-root.ts";
import { podOf } from "./pod-of.ts";

const pod = podOf(aStatefulSet());
const [container = { name: "" }] = pod.spec?.containers ?? [];
const contents = (secrets: Record<string, Record<string, string>>): Contents => ({
  secret: async (name) => secrets[name],
  configMap: async (name) => (name === "files-config" ? { "config.yaml": "a: b" } : undefined),
});

test("variables come from the Secrets that they name", async () => {
  const env = await containerEnvironment(container, contents({ "files-secret": { key: "value" } }));
  assert.deepEqual(env, { SECRET: "value" });
});

for (const [problem, secrets] of [
  ['secret "files-secret" not found', {}],
  ["couldn't find key key in secret files-secret", { "files-secret": { other: "value" } }],
] as const) {
  test(`a container does not start, and says: ${problem}`, async () => {
    await assert.rejects(containerEnvironment(container, contents(secrets)), (error: ContainerError) => {
      assert.ok(error instanceof ContainerError);
      assert.deepEqual([error.reason, error.message], ["CreateContainerConfigError", problem]);
      return true;
    });
  });
}

test("an optional variable that is missing is left out", async () => {
  const env = [{ name: "A", valueFrom: { secretKeyRef: { name: "none", key: "key", optional: true } } }];
  assert.deepEqual(await containerEnvironment({ name: "", env }, contents({})), {});
});

test("a pod's root has the ConfigMap's files, and what the pod before it wrote to the claim", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "container-root-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const sources = { contents: contents({}), claimFolder: (claim: string) => join(folder, "claims", claim) };
  await makeContainerRoot(join(folder, "first"), { pod, container }, sources);
  assert.equal(readFileSync(join(folder, "first/config/config.yaml"), "utf8"), "a: b");
  writeFileSync(join(folder, "first/data/metadata/file"), "kept");
  await makeContainerRoot(join(folder, "second"), { pod, container }, sources);
  assert.equal(readFileSync(join(folder, "second/data/metadata/file"), "utf8"), "kept");
  await makeContainerRoot(join(folder, "second"), { pod, container }, sources);
});
