import assert from "node:assert/strict";
import { test } from "node:test";
import { type ApplyChildInputs, applyChild } from "./apply-child.ts";
import type { ApiAnswer, ApiFailure, JsonPatchOperation, KubernetesObject, Resource } from "./kubernetes-api.ts";
import { applied } from "./testing/an-apply.ts";

const resource: Resource = { group: "", version: "v1", kind: "ConfigMap", plural: "configmaps", isNamespaced: true };
const wanted: KubernetesObject = {
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "c", namespace: "n" },
  data: { key: "value" },
};
const live = applied(wanted, "ours");
const drifted: KubernetesObject = { ...live, data: { key: "edited" } };
const failure = (code: ApiFailure["code"], causes: ApiFailure["causes"] = []): ApiAnswer<KubernetesObject> => ({
  ok: false,
  failure: { code, message: "no", causes, mayHaveHappened: false },
});
/** At the version after `live`. */
const written = (object: KubernetesObject): KubernetesObject => ({
  ...object,
  metadata: { ...object.metadata, resourceVersion: "10" },
});
const found = (object: KubernetesObject): ApiAnswer<KubernetesObject> => ({ ok: true, value: object });

async function applyTo(changes: {
  wanted?: KubernetesObject;
  live?: KubernetesObject;
  applies?: ApiAnswer<KubernetesObject>[];
  got?: ApiAnswer<KubernetesObject>;
  whose?: ApplyChildInputs["whose"];
}) {
  const sent: KubernetesObject[] = [];
  const recorded: KubernetesObject[] = [];
  const patched: JsonPatchOperation[] = [];
  const answers = changes.applies ?? [found(written(live))];
  const outcome = await applyChild({
    api: {
      apply: async (_, object) => {
        sent.push(object);
        return await Promise.resolve(answers.shift() ?? failure("serverError"));
      },
      get: async () => await Promise.resolve(changes.got ?? failure("notFound")),
      patch: async (_, __, operations) => {
        patched.push(...operations);
        return await Promise.resolve(found(live));
      },
    },
    resource,
    store: { recordWrite: (object) => recorded.push(object) },
    wanted: changes.wanted ?? wanted,
    live: changes.live,
    whose: changes.whose ?? (() => "ours"),
    fieldManager: "ours",
    signal: new AbortController().signal,
  });
  return { outcome, sent, recorded, patched };
}

test("a missing child is created by one request that cannot touch an object which exists", async () => {
  const { outcome, sent, recorded } = await applyTo({});
  assert.deepEqual(outcome, { kind: "applied", created: true, paths: [] });
  assert.deepEqual(
    sent.map(({ metadata }) => metadata.resourceVersion),
    ["1"],
  );
  assert.deepEqual(recorded, [written(live)], "the answer is known to the next pass at once");
});

test("a child that stands as wanted costs no request", async () => {
  const { outcome, sent } = await applyTo({ live });
  assert.deepEqual([outcome, sent], [{ kind: "unchanged" }, []]);
});

test("a drifted child is put back, and only that very object", async () => {
  const { outcome, sent } = await applyTo({ live: drifted });
  assert.deepEqual(outcome, { kind: "applied", created: false, paths: ["data.key"] });
  assert.deepEqual(
    sent.map(({ metadata }) => [metadata.uid, metadata.resourceVersion]),
    [["u", undefined]],
  );
});

test("a stranger's object under the name is left alone and named", async () => {
  const owner = { apiVersion: "apps/v1", kind: "Deployment", name: "theirs", uid: "x", controller: true };
  const got = found({ ...live, metadata: { ...live.metadata, ownerReferences: [owner] } });
  const { outcome, sent } = await applyTo({ applies: [failure("conflict")], got, whose: () => "foreign" });
  assert.deepEqual(outcome, { kind: "nameConflict", holder: "Deployment theirs" });
  assert.equal(sent.length, 1, "nothing but the guarded request was sent");
});

test("a stranger's object without an owner is nobody's, and still not ours", async () => {
  const { outcome } = await applyTo({ applies: [failure("conflict")], got: found(live), whose: () => "foreign" });
  assert.deepEqual(outcome, { kind: "nameConflict", holder: "nobody" });
});

test("a stranger's object that is going away is awaited", async () => {
  const going = { ...live, metadata: { ...live.metadata, deletionTimestamp: "2026-01-01T00:00:00Z" } };
  const { outcome } = await applyTo({ applies: [failure("conflict")], got: found(going), whose: () => "foreign" });
  assert.deepEqual(outcome, { kind: "beingRemoved" });
});

test("an apply that changed nothing counts as unchanged", async () => {
  const { outcome } = await applyTo({ live: drifted, applies: [found(drifted)] });
  assert.deepEqual(outcome, { kind: "unchanged" });
});

test("an object of a previous owner is awaited", async () => {
  const { outcome } = await applyTo({ applies: [failure("conflict")], got: found(live), whose: () => "previous" });
  assert.equal(outcome.kind, "beingRemoved");
});

test("a child of ours that lost its labels, and so left the store, gets them back and nothing else", async () => {
  const labelled: KubernetesObject = { ...wanted, metadata: { ...wanted.metadata, labels: { app: "x" } } };
  const { outcome, sent, patched } = await applyTo({
    wanted: labelled,
    applies: [failure("conflict")],
    got: found(drifted),
  });
  assert.ok(
    outcome.kind === "failed" && outcome.failure.code === "conflict",
    "the next pass plans with the child that exists",
  );
  assert.equal(sent.length, 1, "its data was planned without it and must not replace what is there");
  assert.deepEqual(patched.at(-1), { op: "add", path: "/metadata/labels", value: { app: "x" } });
});

test("a child of ours that the store did not know, as after an answer that was lost, is left to the next pass", async () => {
  const { outcome, sent, patched, recorded } = await applyTo({ applies: [failure("conflict")], got: found(drifted) });
  assert.ok(outcome.kind === "failed" && outcome.failure.code === "conflict");
  assert.deepEqual([sent.length, patched.length], [1, 0]);
  assert.deepEqual(recorded, [drifted], "the next pass plans with it");
});

test("a child that is being deleted is awaited, not written to", async () => {
  const { outcome, sent } = await applyTo({
    live: { ...drifted, metadata: { ...drifted.metadata, deletionTimestamp: "2026-01-01T00:00:00Z" } },
  });
  assert.deepEqual([outcome.kind, sent.length], ["beingRemoved", 0]);
});

test("an object that went between the two requests is a conflict, to be looked at again", async () => {
  const { outcome } = await applyTo({ applies: [failure("conflict")], got: failure("notFound") });
  assert.ok(outcome.kind === "failed" && outcome.failure.code === "conflict");
});

test("another object under the same name meanwhile is a conflict, not the user's mistake", async () => {
  const { outcome } = await applyTo({
    live: drifted,
    applies: [failure("invalid", [{ field: "metadata.uid", message: "immutable" }])],
  });
  assert.ok(outcome.kind === "failed" && outcome.failure.code === "conflict");
});

test("what the API server refuses stays what it is", async () => {
  const { outcome, recorded } = await applyTo({
    live: drifted,
    applies: [failure("invalid", [{ field: "data", message: "too long" }])],
  });
  assert.ok(outcome.kind === "failed" && outcome.failure.code === "invalid");
  assert.deepEqual(recorded, []);
});
