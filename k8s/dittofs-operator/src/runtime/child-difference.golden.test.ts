import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { childDifference } from "./child-difference.ts";
import { isJsonObject } from "./json-object.ts";
import type { KubernetesObject } from "./kubernetes-api.ts";

/**
 * What was applied to kube-apiserver 1.36, and what it held when its controllers had worked on it and somebody had added a
 * label and an annotation by hand.
 */
type Pair = { readonly wanted: KubernetesObject; readonly live: KubernetesObject };
type Path = readonly (string | number)[];

const folder = new URL("testing/applied/", import.meta.url);
const pairs: readonly Pair[] = readdirSync(folder).map(
  (file) => JSON.parse(readFileSync(new URL(file, folder), "utf8")) as Pair, // the files hold such pairs
);
const difference = ({ wanted, live }: Pair) => childDifference({ wanted, live, fieldManager: "dittofs-operator" });

/** Every place below `value`, lists and objects before what they hold. */
function placesIn(value: unknown, path: Path = []): readonly Path[] {
  const fields = Array.isArray(value) ? [...value.entries()] : isJsonObject(value) ? Object.entries(value) : [];
  return fields.flatMap(([field, each]) => [[...path, field], ...placesIn(each, [...path, field])]);
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<any>((inside, field) => inside?.[field], value); // any: a walk through JSON of unknown shape
}

/** A copy without what stands at `path`, or with something else there. */
function withChange(object: KubernetesObject, path: Path, change: "removed" | "another"): KubernetesObject {
  const copy = structuredClone(object);
  const parent = at(copy, path.slice(0, -1)) as any; // any: a walk through JSON of unknown shape
  const field = path.at(-1) ?? "";
  if (change === "another") parent[field] = another(parent[field]);
  else if (Array.isArray(parent)) parent.splice(Number(field), 1);
  else delete parent[field];
  return copy;
}

function another(value: unknown): unknown {
  if (typeof value === "number") return value + 1;
  if (typeof value === "boolean") return !value;
  return `another ${String(value)}`;
}

const isLeaf = (value: unknown): boolean => typeof value !== "object" || value === null;
/** Names and namespaces find the object; nobody owns them. */
const isOwned = (path: Path): boolean =>
  !["apiVersion", "kind", "metadata.name", "metadata.namespace", "metadata"].includes(path.join("."));
/** The server does not show these, so that nothing can be seen to change. */
const isShown = ({ live }: Pair, path: Path): boolean => at(live, path) !== undefined;

for (const pair of pairs) {
  describe(`a ${pair.wanted.kind} as a real API server holds it`, () => {
    const places = placesIn(pair.wanted).filter(isOwned);

    test("needs no write", () => {
      assert.deepEqual(difference(pair), { kind: "same" });
    });

    test("needs one when any wanted value is another one in the cluster", () => {
      const leaves = places.filter((path) => isLeaf(at(pair.wanted, path)) && isShown(pair, path));
      assert.ok(leaves.length > 0);
      for (const path of leaves) {
        const changed = { ...pair, live: withChange(pair.live, path, "another") };
        assert.equal(difference(changed).kind, "differs", path.join("."));
      }
    });

    test("needs one when any wanted thing is gone from the cluster", () => {
      // A zero value that is gone and still ours does not occur: whoever removes a field takes it over.
      for (const path of places.filter((each) => isShown(pair, each) && !isZero(at(pair.wanted, each)))) {
        const changed = { ...pair, live: withChange(pair.live, path, "removed") };
        assert.equal(difference(changed).kind, "differs", path.join("."));
      }
    });

    test("needs one when any wanted value becomes another one", () => {
      for (const path of places.filter((each) => isLeaf(at(pair.wanted, each)))) {
        const changed = { ...pair, wanted: withChange(pair.wanted, path, "another") };
        assert.equal(difference(changed).kind, "differs", path.join("."));
      }
    });

    test("needs one when anything is no longer wanted", () => {
      // TCP inside a rule is what the server fills in: with or without it the same is wanted.
      const isDefault = (path: Path): boolean => path.includes("ingress") && path.at(-1) === "protocol";
      for (const path of places.filter((each) => !isDefault(each))) {
        const changed = { ...pair, wanted: withChange(pair.wanted, path, "removed") };
        assert.equal(difference(changed).kind, "differs", path.join("."));
      }
    });
  });
}

function isZero(value: unknown): boolean {
  return value === false || value === 0 || value === "" || (isJsonObject(value) && Object.keys(value).length === 0);
}

test("every kind of child that is applied has its pair", () => {
  const kinds = pairs.map(({ wanted }) => wanted.kind).toSorted();
  assert.deepEqual(kinds, ["ConfigMap", "NetworkPolicy", "Secret", "Service", "StatefulSet"]);
});
