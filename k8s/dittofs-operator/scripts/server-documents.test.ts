import assert from "node:assert/strict";
import { test } from "node:test";
import { serverDocuments } from "./server-documents.ts";

const head = "apiVersion: dittofs.dittofs.com/v1alpha1\nkind: DittoServer\nmetadata: {name: files}\n";

const faults = [
  {
    name: "a misspelt field",
    spec: "spec:\n  storage:\n    metadatSize: 5Gi\n",
    at: "6: spec.storage.metadatSize",
    says: /no such field/,
  },
  { name: "a value out of bounds", spec: "spec:\n\n  replicas: 2\n", at: "6: spec.replicas", says: /1/ },
  {
    name: "a size that is none",
    spec: "spec:\n  storage:\n    contentSize: 5 gigs\n",
    at: "6: spec.storage.contentSize",
    says: /must be a size/,
  },
  {
    name: "a missing name in a list",
    spec: "spec:\n  shares:\n  - {name: /a}\n  - {enabled: true}\n",
    at: "7: spec.shares[1].name",
    says: /string/,
  },
  {
    name: "an amount that is neither number nor text",
    spec: "spec:\n  resources:\n    limits:\n      cpu: [1]\n",
    at: "7: spec.resources.limits.cpu",
    says: /; or /,
  },
  { name: "broken YAML", spec: "spec: [1\n", at: "5: ", says: /./ },
] as const;

for (const { name, spec, at, says } of faults) {
  test(`${name} is told with its line and field`, () => {
    const { servers, problems } = serverDocuments(`${head}${spec}`);
    assert.deepEqual(servers, []);
    assert.deepEqual(
      problems.map(({ line, field }) => `${line}: ${field}`),
      [at],
    );
    assert.match(problems[0]?.message ?? "", says);
  });
}

test("the faults of a manifest come in the order of its lines", () => {
  const { problems } = serverDocuments(`${head}spec:\n  storage: {cacheSize: x}\n  replicas: 2\n  wrong: 1\n`);
  assert.deepEqual(
    problems.map(({ line }) => line),
    [5, 6, 7],
  );
});

test("documents of other kinds are passed over, wherever they stand", () => {
  const { servers, problems } = serverDocuments(`kind: Secret\n---\n# nothing\n---\n${head}spec: {}\n---\n- a list\n`);
  assert.deepEqual(problems, []);
  assert.deepEqual(
    servers.map(({ metadata }) => metadata.name),
    ["files"],
  );
});

test("a server that was read from a cluster is taken without its status", () => {
  const { servers } = serverDocuments(`${head}spec: {}\nstatus: {phase: SomethingNew}\n`);
  assert.equal(servers.length, 1);
  assert.ok(servers.every((server) => !("status" in server)));
});

test("a namespace that the manifest names is kept, and default stands in for none", () => {
  const namespace = (manifest: string) => serverDocuments(manifest).servers[0]?.metadata.namespace;
  assert.equal(namespace(`${head}spec: {}\n`), "default");
  assert.equal(namespace(`${head.replace("{name: files}", "{name: files, namespace: team}")}spec: {}\n`), "team");
});
