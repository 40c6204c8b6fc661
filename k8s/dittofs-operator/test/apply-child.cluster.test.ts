import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { describe, test } from "node:test";
import { firstPlan } from "../scripts/first-plan.ts";
import { serverDocuments } from "../scripts/server-documents.ts";
import { childKinds } from "../src/controller/child-kinds.ts";
import { type ApplyOutcome, applyChild } from "../src/runtime/apply-child.ts";
import { addFinalizer, removeFinalizer } from "../src/runtime/finalizer.ts";
import type { KubernetesApi, KubernetesObject } from "../src/runtime/kubernetes-api.ts";
import { keyOf } from "../src/runtime/object-key.ts";
import { slimObject } from "../src/runtime/slim-object.ts";
import { Store } from "../src/runtime/store.ts";
import { perconaDefinition } from "./acceptance/percona-definition.ts";
import { serviceMonitorDefinition } from "./acceptance/service-monitor-definition.ts";
import { adminApi } from "./cluster/admin-api.ts";
import { enterLab } from "./cluster/enter-lab.ts";
import { refOf } from "./cluster/object-ref.ts";

const { cluster, directory } = await enterLab("light");
const api = await adminApi(directory);
const fieldManager = "dittofs-operator";
const { signal } = new AbortController();

type Wanted = KubernetesObject & { readonly kind: keyof typeof childKinds };

/** Every child of every sample and variant, in a namespace that is the file's. */
const manifests = globSync(["config/samples/*.yaml", "test/golden/variants/*.yaml"]);
const children: readonly Wanted[] = manifests.flatMap((file) => {
  const namespace = basename(file, ".yaml");
  return serverDocuments(readFileSync(file, "utf8")).servers.flatMap((server) =>
    firstPlan(server).children.map((child) => ({ ...child, metadata: { ...child.metadata, namespace } })),
  );
});
await cluster.applyYaml(perconaDefinition);
await cluster.applyYaml(serviceMonitorDefinition);
for (const name of new Set(children.map(({ metadata }) => metadata.namespace))) {
  await cluster.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: name ?? "" } });
}

const store = new Store({ indexers: {}, transform: (object) => slimObject(object, fieldManager) });

/** Applies a child and counts what that cost. */
async function apply(
  wanted: Wanted,
  live: KubernetesObject | undefined,
  whose: (object: KubernetesObject) => "ours" | "previous" | "foreign" = () => "foreign",
): Promise<{ readonly outcome: ApplyOutcome; readonly requests: number }> {
  let requests = 0;
  const counting: Pick<KubernetesApi, "apply" | "get" | "patch"> = {
    apply: (...call) => (requests++, api.apply(...call)),
    get: (...call) => (requests++, api.get(...call)),
    patch: (...call) => (requests++, api.patch(...call)),
  };
  const { resource } = childKinds[wanted.kind];
  const outcome = await applyChild({ api: counting, resource, store, wanted, live, whose, fieldManager, signal });
  return { outcome, requests };
}

const [child] = children.filter(({ kind }) => kind === "ConfigMap");
assert.ok(child);
const named = (name: string): Wanted => ({
  ...child,
  metadata: { name, namespace: child.metadata.namespace ?? "default", labels: { app: "x" } },
});

describe("children of all samples on a real API server", () => {
  test("are made by one request each, and then wanted and live agree", async () => {
    assert.ok(children.length > 20);
    for (const wanted of children) {
      const { outcome, requests } = await apply(wanted, undefined);
      assert.deepEqual([outcome.kind, requests], ["applied", 1], `${wanted.kind} ${wanted.metadata.name}`);
    }
  });

  test("cost nothing on the next pass, also when controllers and people have worked on them", async () => {
    for (const wanted of children) {
      const byHand = { metadata: { annotations: { "example.com/note": "by hand" }, labels: { team: "storage" } } };
      await cluster.patch(refOf(wanted), byHand);
    }
    for (const wanted of children) {
      const { resource } = childKinds[wanted.kind];
      const live = await api.get(resource, keyOf(wanted));
      assert.ok(live.ok);
      const { outcome, requests } = await apply(wanted, slimObject(live.value, fieldManager));
      assert.deepEqual([outcome, requests], [{ kind: "unchanged" }, 0], `${wanted.kind} ${wanted.metadata.name}`);
    }
  });

  test("an edit of ours by hand is put back by one request that names the field", async () => {
    const wanted = children.find(({ kind }) => kind === "Service");
    assert.ok(wanted);
    await cluster.patch(refOf(wanted), { spec: { selector: { app: "somebody-else" } } });
    const live = await api.get(childKinds[wanted.kind].resource, keyOf(wanted));
    assert.ok(live.ok);
    const { outcome, requests } = await apply(wanted, live.value);
    assert.deepEqual([outcome, requests], [{ kind: "applied", created: false, paths: ["spec.selector"] }, 1]);
  });
});

describe("names that are taken on a real API server", () => {
  test("a stranger's object is left as it is", async () => {
    const wanted = named("taken");
    const theirs = await cluster.apply({ ...wanted, data: { theirs: "yes" } });
    const { outcome } = await apply(wanted, undefined);
    assert.deepEqual(outcome, { kind: "nameConflict", holder: "nobody" });
    const after = await cluster.get(refOf(wanted));
    assert.equal(after?.metadata.resourceVersion, theirs.metadata.resourceVersion);
  });

  test("an object that is going away is awaited, and made anew when it is gone", async () => {
    const wanted = named("going");
    await cluster.apply({ ...wanted, metadata: { ...wanted.metadata, finalizers: ["example.com/hold"] } });
    await api.delete(childKinds.ConfigMap.resource, keyOf(wanted), { propagation: "Background" });
    assert.deepEqual((await apply(wanted, undefined)).outcome, { kind: "beingRemoved" });
    await cluster.patch(refOf(wanted), { metadata: { finalizers: null } });
    assert.equal((await apply(wanted, undefined)).outcome.kind, "applied");
  });

  test("a child that was deleted and made again by somebody else is not overwritten", async () => {
    const wanted = named("replaced");
    await apply(wanted, undefined);
    const live = await cluster.get(refOf(wanted));
    await api.delete(childKinds.ConfigMap.resource, keyOf(wanted), { propagation: "Background" });
    const gone = await apply({ ...wanted, data: { other: "value" } }, live);
    assert.ok(gone.outcome.kind === "failed" && gone.outcome.failure.code === "conflict", "it stays deleted");
    await cluster.apply({ ...wanted, data: { theirs: "yes" } });
    const late = await apply({ ...wanted, data: { other: "value" } }, live);
    assert.ok(late.outcome.kind === "failed" && late.outcome.failure.code === "conflict", "it stays theirs");
    assert.deepEqual((await cluster.get(refOf(wanted)))?.["data"], { theirs: "yes" });
  });
});

describe("finalizers on a real API server", () => {
  test("are added to and removed from the very list that was seen, and no other's is lost", async () => {
    const wanted = named("finalized");
    await apply(wanted, undefined);
    const { resource } = childKinds.ConfigMap;
    const inputs = { api, resource, store, finalizer: "example.com/ours", fieldManager, signal };
    const seen = await api.get(resource, keyOf(wanted));
    assert.ok(seen.ok);
    await cluster.patch(refOf(wanted), { metadata: { finalizers: ["example.com/theirs"] } });
    const late = await addFinalizer({ ...inputs, metadata: seen.value.metadata });
    assert.ok(!late.ok && late.failure.code === "invalid", "somebody was quicker");
    const again = await api.get(resource, keyOf(wanted));
    assert.ok(again.ok);
    const added = await addFinalizer({ ...inputs, metadata: again.value.metadata });
    assert.deepEqual(added.ok && added.value.metadata.finalizers, ["example.com/theirs", "example.com/ours"]);
    assert.ok(added.ok);
    const removed = await removeFinalizer({ ...inputs, metadata: added.value.metadata });
    assert.deepEqual(removed.ok && removed.value.metadata.finalizers, ["example.com/theirs"]);
    await cluster.patch(refOf(wanted), { metadata: { finalizers: null } });
  });
});
