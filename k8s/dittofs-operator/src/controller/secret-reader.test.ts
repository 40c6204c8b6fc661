import assert from "node:assert/strict";
import { test } from "node:test";
import type { ApiAnswer, KubernetesObject } from "../runtime/kubernetes-api.ts";
import { createSecretReader } from "./secret-reader.ts";

const key = { namespace: "default", name: "mine" };
const signal = new AbortController().signal;
const secret = (resourceVersion: string, data: object): ApiAnswer<KubernetesObject> => ({
  ok: true,
  value: { apiVersion: "v1", kind: "Secret", metadata: { name: "mine", uid: "u", resourceVersion }, data },
});
const failed = (code: "notFound" | "forbidden"): ApiAnswer<KubernetesObject> => ({
  ok: false,
  failure: { code, message: "no", causes: [], mayHaveHappened: false },
});

function reader(...answers: ApiAnswer<KubernetesObject>[]) {
  const asked = { times: 0 };
  const get = async () => {
    asked.times += 1;
    const answer = answers.shift();
    assert.ok(answer, "asked more often than expected");
    return await Promise.resolve(answer);
  };
  return { ...createSecretReader({ get }), asked };
}

test("a Secret is read once for each of its versions", async () => {
  const { read, asked } = reader(secret("1", { a: "YQ==" }), secret("2", { a: "YWI=" }));
  const first = await read(key, { name: "mine", uid: "u", resourceVersion: "1" }, signal);
  assert.deepEqual(await read(key, { name: "mine", uid: "u", resourceVersion: "1" }, signal), first);
  assert.equal(asked.times, 1);
  const second = await read(key, { name: "mine", uid: "u", resourceVersion: "2" }, signal);
  assert.equal(asked.times, 2);
  assert.ok(second.kind === "present");
  assert.equal(second.keys.get("a")?.lengthBytes, 2);
});

test("a Secret that the watch does not know is absent, without asking", async () => {
  const { read, asked } = reader();
  assert.deepEqual(await read(key, undefined, signal), { kind: "absent" });
  assert.equal(asked.times, 0);
});

test("a Secret that went between watch and read is absent", async () => {
  assert.deepEqual(await reader(failed("notFound")).read(key, { name: "mine" }, signal), { kind: "absent" });
});

test("a Secret that may not be read is neither absent nor empty", async () => {
  assert.deepEqual(await reader(failed("forbidden")).read(key, { name: "mine" }, signal), {
    kind: "unreadable",
    message: "no",
  });
});

test("what is known of a value does not contain the value", async () => {
  const seen = await reader(secret("1", { a: Buffer.from("canary-value").toString("base64") })).read(
    key,
    { name: "mine" },
    signal,
  );
  assert.ok(seen.kind === "present");
  const text = JSON.stringify([...seen.keys]);
  assert.ok(!text.includes("canary-value") && !text.includes(Buffer.from("canary-value").toString("base64")));
});

test("data that is no map of texts is an empty Secret", async () => {
  const seen = await reader(secret("1", { a: 7 })).read(key, { name: "mine" }, signal);
  assert.deepEqual(seen, { kind: "present", keys: new Map() });
});
