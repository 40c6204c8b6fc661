import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { childDifference } from "./child-difference.ts";
import type { KubernetesObject } from "./kubernetes-api.ts";
import { applied } from "./testing/an-apply.ts";

const fieldManager = "ours";
const service: KubernetesObject = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "files-api", namespace: "default", labels: { app: "dittofs" }, annotations: { a: "1" } },
  spec: {
    type: "ClusterIP",
    selector: { app: "dittofs" },
    ports: [
      { name: "nfs", port: 2049, protocol: "TCP", targetPort: "nfs" },
      { name: "side", port: 2049, protocol: "UDP", targetPort: "side" },
    ],
    cidrs: ["10.0.0.0/8", "192.168.0.0/16"],
    empty: {},
  },
};
const live = applied(service, fieldManager);

/** A copy in which `change` was done, as a mutable structure. */
// biome-ignore format: the reason stands on the line of what it explains
function changed<T>(value: T, change: (copy: any) => void): T { // any: a test changes single places of deep JSON
  const copy = structuredClone(value);
  change(copy);
  return copy;
}

function pathsOf(wanted: KubernetesObject, stands: KubernetesObject): readonly string[] {
  const difference = childDifference({ wanted, live: stands, fieldManager });
  return difference.kind === "same" ? [] : difference.paths;
}

const rows: readonly {
  name: string;
  wanted?: KubernetesObject;
  live?: KubernetesObject;
  after: readonly string[];
  because: string;
}[] = [
  {
    name: "what was applied and stands unchanged needs no write",
    after: [],
    because: "the second pass writes nothing",
  },
  {
    name: "fields that the API server filled in are no difference",
    live: changed(live, (o) => Object.assign(o.spec, { clusterIP: "10.96.0.7", sessionAffinity: "None" })),
    after: [],
    because: "they are not ours",
  },
  {
    name: "a nodePort inside one of our ports is no difference",
    live: changed(live, (o) => Object.assign(o.spec.ports[0], { nodePort: 30_001 })),
    after: [],
    because: "the API server allocated it",
  },
  {
    name: "a label or annotation of somebody else is no difference",
    live: changed(live, (o) => Object.assign(o.metadata, { labels: { app: "dittofs", team: "x" } })),
    after: [],
    because: "own fields, not objects",
  },
  {
    name: "a port of somebody else is no difference",
    live: changed(live, (o) => o.spec.ports.unshift({ port: 1, protocol: "TCP" })),
    after: [],
    because: "the list is matched by key",
  },
  {
    name: "a changed value is",
    live: changed(live, (o) => Object.assign(o.spec, { type: "NodePort" })),
    after: ["spec.type"],
    because: "somebody edited our field",
  },
  {
    name: "a value inside a keyed item is",
    live: changed(live, (o) => Object.assign(o.spec.ports[1], { targetPort: "wrong" })),
    after: ["spec.ports[port=2049,protocol=UDP].targetPort"],
    because: "the item is found by its key, not its place",
  },
  {
    name: "an item that vanished is",
    live: changed(live, (o) => o.spec.ports.pop()),
    after: ["spec.ports[port=2049,protocol=UDP]"],
    because: "our port has to come back",
  },
  {
    name: "a list that is one value is compared as one",
    live: changed(live, (o) => o.spec.cidrs.push("0.0.0.0/0")),
    after: ["spec.cidrs"],
    because: "an addition there opens what we closed",
  },
  {
    name: "a field that we no longer want is",
    wanted: changed(service, (o) => delete o.metadata.annotations.a),
    after: ["metadata.annotations.a"],
    because: "it is still ours and has to go",
  },
  {
    name: "an item that we no longer want is",
    wanted: changed(service, (o) => o.spec.ports.pop()),
    after: ["spec.ports[port=2049,protocol=UDP]"],
    because: "it is still ours and has to go",
  },
  {
    name: "a field that we newly want is",
    wanted: changed(service, (o) => Object.assign(o.spec, { internalTrafficPolicy: "Local" })),
    after: ["spec.internalTrafficPolicy"],
    because: "it is not ours yet",
  },
  {
    name: "an item that we newly want is",
    wanted: changed(service, (o) => o.spec.ports.push({ port: 111, protocol: "TCP" })),
    after: ["spec.ports[]"],
    because: "it is not ours yet",
  },
  {
    name: "a field that has our value and another owner is",
    wanted: changed(service, (o) => Object.assign(o.spec, { externalName: "x" })),
    live: changed(live, (o) => Object.assign(o.spec, { externalName: "x" })),
    after: ["spec.externalName"],
    because: "its owner may drop it at any time",
  },
  {
    name: "an object that we never applied is",
    live: changed(live, (o) => delete o.metadata.managedFields),
    after: ["metadata", "spec"],
    because: "nothing of it is ours yet",
  },
];
for (const row of rows) {
  test(row.name, () => assert.deepEqual(pathsOf(row.wanted ?? service, row.live ?? live), row.after, row.because));
}

test("another manager's entry, or our own for the status, is not taken for ours", () => {
  const other = changed(live, (o) => Object.assign(o.metadata.managedFields[0], { subresource: "status" }));
  assert.deepEqual(pathsOf(service, other), ["metadata", "spec"]);
});

test("paths never carry a value", () => {
  const secret: KubernetesObject = {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "s" },
    data: { password: "Y2FuYXJ5" },
  };
  const edited = changed(applied(secret, fieldManager), (o) => Object.assign(o["data"], { password: "ZWRpdGVk" }));
  assert.deepEqual(pathsOf(secret, edited), ["data.password"]);
});

test("what the same manager owns by an update is not taken for what it owns by apply", () => {
  const updated = changed(live, (o) => Object.assign(o.metadata.managedFields[0], { operation: "Update" }));
  assert.deepEqual(pathsOf(service, updated), ["metadata", "spec"]);
});

test("the reason tells drift, lost ownership and leftovers apart", () => {
  const reasonOf = (inputs: { readonly wanted?: KubernetesObject; readonly live?: KubernetesObject }) => {
    const difference = childDifference({ wanted: service, live, ...inputs, fieldManager });
    return difference.kind === "differs" ? difference.reason : difference.kind;
  };
  assert.equal(reasonOf({}), "same");
  assert.equal(reasonOf({ live: changed(live, (o) => Object.assign(o.spec, { type: "NodePort" })) }), "changed");
  assert.equal(reasonOf({ live: changed(live, (o) => delete o.metadata.managedFields) }), "notOwned");
  assert.equal(reasonOf({ wanted: changed(service, (o) => delete o.spec.type) }), "noLongerWanted");
});

test("a zero value that the API server does not show is no difference while it is ours", () => {
  const wanted = changed(service, (o) => Object.assign(o.spec, { publishNotReadyAddresses: false, externalName: "" }));
  const shown = changed(applied(wanted, fieldManager), (o) => {
    delete o.spec.publishNotReadyAddresses;
    delete o.spec.externalName;
  });
  assert.deepEqual(pathsOf(wanted, shown), []);
});

test("a finalizer that is one of ours among others is found in the set", () => {
  const wanted = changed(service, (o) => Object.assign(o.metadata, { finalizers: ["a.b/ours"] }));
  const among = changed(applied(wanted, fieldManager), (o) => o.metadata.finalizers.unshift("a.b/theirs"));
  assert.deepEqual(pathsOf(wanted, among), []);
  const without = changed(among, (o) => o.metadata.finalizers.pop());
  assert.deepEqual(pathsOf(wanted, without), ["metadata.finalizers[]"]);
  assert.deepEqual(pathsOf(service, among), ["metadata.finalizers"]);
});

test("a label may be called like something that every object inherits", () => {
  const wanted = changed(service, (o) => Object.assign(o.metadata.labels, { constructor: "x" }));
  assert.deepEqual(pathsOf(wanted, live), ["metadata.labels.constructor"]);
  assert.deepEqual(pathsOf(service, applied(wanted, fieldManager)), ["metadata.labels.constructor"]);
});

test("names with dots and slashes stay readable, and many paths are cut to twenty", () => {
  const wanted = changed(service, (o) => {
    for (let count = 10; count < 40; count++) o.metadata.labels[`example.com/label-${count}`] = "x";
  });
  const paths = pathsOf(wanted, live);
  assert.equal(paths.length, 20);
  assert.equal(paths[0], 'metadata.labels["example.com/label-10"]');
});

const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean());
const keyed = (key: Readonly<Record<string, fc.Arbitrary<unknown>>>) =>
  fc.uniqueArray(fc.record({ ...key, value: leaf }), {
    minLength: 1,
    maxLength: 4,
    selector: ({ value: _, ...item }) => JSON.stringify(item),
  });
const body = fc.dictionary(
  fc.constantFrom("a", "b", "c", "d"),
  fc.oneof(
    leaf,
    fc.dictionary(fc.constantFrom("x", "y"), leaf, { minKeys: 1 }),
    fc.array(leaf),
    fc.record({ env: keyed({ name: fc.constantFrom("A", "B", "C", "D") }) }),
    fc.record({ ports: keyed({ port: fc.nat(3), protocol: fc.constantFrom("TCP", "UDP") }) }),
  ),
  { minKeys: 1 },
);
const objectOf = (spec: unknown): KubernetesObject => ({
  apiVersion: "v1",
  kind: "Thing",
  metadata: { name: "x" },
  spec,
});

/** Fields and items of somebody else, everywhere where server-side apply lets them live beside ours. */
function withForeign(value: unknown, name: string): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => withForeign(item, ""));
    if (name === "env") return [{ name: "FOREIGN", value: 1 }, ...items];
    return name === "ports" ? [{ port: 99, protocol: "TCP" }, ...items] : value;
  }
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).map(([field, each]) => [field, withForeign(each, field)]);
  return { ...Object.fromEntries(fields), foreign: "x" };
}

test("for any object: applied once it is at rest, whatever others add beside it", () => {
  fc.assert(
    fc.property(body, (spec) => {
      const stands = applied(objectOf(spec), fieldManager);
      const crowded = { ...stands, spec: withForeign(spec, ""), status: { foreign: true } };
      assert.deepEqual(pathsOf(objectOf(spec), crowded), []);
    }),
    { numRuns: 500 },
  );
});

test("for any two objects: at rest only when nothing wanted changed and nothing of ours is left over", () => {
  const isNothing = (value: unknown): boolean => value === "" || value === 0 || value === false;
  fc.assert(
    fc.property(body, body, (before, after) => {
      fc.pre(!Object.values(after).some(isNothing));
      const isSame = JSON.stringify(sorted(before)) === JSON.stringify(sorted(after));
      assert.equal(pathsOf(objectOf(after), applied(objectOf(before), fieldManager)).length === 0, isSame);
    }),
    { numRuns: 1_000 },
  );
});

/** In one order of fields and of items that are found by their keys. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    const isKeyed = value.length > 0 && value.every((item) => typeof item === "object");
    return isKeyed ? value.map((item) => JSON.stringify(sorted(item))).toSorted() : value;
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  );
}
