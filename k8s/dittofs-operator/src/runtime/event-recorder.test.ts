import assert from "node:assert/strict";
import { test } from "node:test";
import type { NewEvent } from "./event-object.ts";
import { EventRecorder } from "./event-recorder.ts";
import { silentInstruments } from "./instruments.ts";
import type { ApiAnswer, ApiFailure, JsonPatchOperation, KubernetesObject } from "./kubernetes-api.ts";
import { LruMap } from "./lru-map.ts";
import { ManualClock } from "./manual-clock.ts";
import { aFailure } from "./testing/fake-list-watch.ts";
import { RecordingLog } from "./testing/recording-log.ts";

const event: NewEvent = {
  regarding: { apiVersion: "example.com/v1", kind: "Widget", namespace: "default", name: "files", uid: "uid-1" },
  type: "Warning",
  reason: "SecretNotFound",
  action: "Check",
  note: "Secret default/keys does not exist; create it.",
};

function aRecorder() {
  const clock = new ManualClock();
  const log = new RecordingLog();
  const requests: string[] = [];
  const counted: string[] = [];
  const faults: (ApiFailure | "silence")[] = [];
  const answer = (request: string, value: KubernetesObject): Promise<ApiAnswer<KubernetesObject>> => {
    requests.push(`${request} at ${clock.monotonicMs()}`);
    const fault = faults.shift();
    if (fault === "silence") return new Promise(() => {});
    return Promise.resolve(fault === undefined ? { ok: true, value } : { ok: false, failure: fault });
  };
  let draws = 0;
  const recorder = new EventRecorder({
    clock,
    log,
    random: { fraction: () => 0.5, bytes: (count) => new Uint8Array(count).fill(draws++) },
    reporter: { controller: "example.com/operator", instance: "operator-0" },
    fieldManager: "test",
    instruments: {
      ...silentInstruments,
      events: () => ({ written: () => counted.push("written"), dropped: (reason) => counted.push(reason) }),
    },
    api: {
      create: (_, object) => answer(`create ${String(object["reason"])}`, object),
      patch: (_, key, [operation]) =>
        answer(`count ${countOf(operation)}`, { apiVersion: "", kind: "", metadata: key }),
    },
  });
  return { clock, counted, faults, log, recorder, requests };
}

function countOf(operation: JsonPatchOperation | undefined): string {
  return JSON.stringify(operation).replace(/.*"count":(\d+).*/, "$1");
}

test("an event is written once, in the background", async () => {
  const { clock, counted, recorder, requests } = aRecorder();
  recorder.record(event);
  await clock.advance(3_600_000);
  assert.deepEqual(requests, ["create SecretNotFound at 0"]);
  assert.deepEqual(counted, ["written"]);
  assert.equal(clock.timerCount, 0);
});

test("what repeats is one event whose count is brought up to date once a minute at most", async () => {
  const { clock, recorder, requests } = aRecorder();
  for (let second = 0; second < 150; second++) {
    recorder.record(event);
    await clock.advance(1_000);
  }
  await clock.advance(3_600_000);
  assert.deepEqual(requests, [
    "create SecretNotFound at 0",
    "count 60 at 60000",
    "count 120 at 120000",
    "count 150 at 180000",
  ]);
});

test("repetitions that come before the first write are counted too", async () => {
  const { clock, recorder, requests } = aRecorder();
  recorder.record(event);
  recorder.record(event);
  await clock.advance(600_000);
  assert.deepEqual(requests, ["create SecretNotFound at 0", "count 2 at 60000"]);
});

test("the same after ten minutes of silence is an event of its own", async () => {
  const { clock, recorder, requests } = aRecorder();
  recorder.record(event);
  await clock.advance(600_000);
  recorder.record(event);
  await clock.advance(0);
  assert.deepEqual(requests, ["create SecretNotFound at 0", "create SecretNotFound at 600000"]);
});

test("another reason, note, type, action or object is another event", async () => {
  const { clock, recorder, requests } = aRecorder();
  recorder.record(event);
  recorder.record({ ...event, reason: "Other" });
  recorder.record({ ...event, note: "other" });
  recorder.record({ ...event, type: "Normal" });
  recorder.record({ ...event, action: "Other" });
  recorder.record({ ...event, regarding: { ...event.regarding, uid: "uid-2" } });
  await clock.advance(0);
  assert.equal(requests.length, 6);
});

test("an object gets 25 different events, then one every five minutes; other objects are not concerned", async () => {
  const { clock, counted, recorder, requests } = aRecorder();
  for (let note = 0; note < 100; note++) recorder.record({ ...event, note: `note ${note}` });
  recorder.record({ ...event, regarding: { ...event.regarding, uid: "uid-2" } });
  await clock.advance(0);
  assert.equal(requests.length, 26);
  assert.equal(counted.filter((what) => what === "spam").length, 75);
  await clock.advance(301_000);
  recorder.record({ ...event, note: "later" });
  recorder.record({ ...event, note: "too early" });
  await clock.advance(0);
  assert.equal(requests.length, 27);
});

test("an API that hangs holds nobody, and no more than a thousand events wait for it", async () => {
  const { clock, counted, faults, recorder, requests } = aRecorder();
  faults.push("silence");
  for (let object = 0; object < 1_500; object++) {
    recorder.record({ ...event, regarding: { ...event.regarding, uid: `uid-${object}` } });
  }
  assert.equal(counted.filter((what) => what === "queueFull").length, 499, "one is on its way, a thousand wait");
  await clock.advance(10_000);
  assert.equal(requests.length, 1_002, "the first was tried again, and all others followed");
});

test("an outage costs three tries per event and one line in the log", async () => {
  const { clock, counted, faults, log, recorder } = aRecorder();
  for (let failure = 0; failure < 6; failure++) faults.push(aFailure("unreachable"));
  recorder.record(event);
  recorder.record({ ...event, note: "second" });
  recorder.record({ ...event, note: "third" });
  await clock.advance(60_000);
  assert.deepEqual(counted, ["failed", "failed", "written"]);
  assert.deepEqual(log.notable, ["warn: an event could not be written"]);
});

test("a Retry-After is waited for, but not for an hour", async () => {
  const { clock, faults, recorder, requests } = aRecorder();
  faults.push(aFailure("tooManyRequests", 429, 7_000), aFailure("tooManyRequests", 429, 3_600_000));
  recorder.record(event);
  await clock.advance(60_000);
  assert.deepEqual(
    requests,
    [0, 7_000, 37_000].map((atMs) => `create SecretNotFound at ${atMs}`),
  );
});

test("what the API refuses is not tried again, and is news again when it happens again", async () => {
  const { clock, faults, recorder, requests } = aRecorder();
  faults.push(aFailure("forbidden", 403));
  recorder.record(event);
  await clock.advance(1_000);
  recorder.record(event);
  await clock.advance(0);
  assert.deepEqual(requests, ["create SecretNotFound at 0", "create SecretNotFound at 1000"]);
});

test("events of a namespace that is going away are dropped without a word", async () => {
  const { clock, faults, log, recorder } = aRecorder();
  faults.push(aFailure("namespaceTerminating", 403));
  recorder.record(event);
  await clock.advance(60_000);
  assert.deepEqual(log.notable, []);
});

test("an event that exists already is written: the answer of an earlier try was lost", async () => {
  const { clock, counted, faults, recorder } = aRecorder();
  faults.push("silence", aFailure("alreadyExists", 409));
  recorder.record(event);
  await clock.advance(60_000);
  assert.deepEqual(counted, ["written"]);
});

test("a stop writes what waits, counts included, and takes nothing more", async () => {
  const { clock, recorder, requests } = aRecorder();
  recorder.record(event);
  await clock.advance(1_000);
  recorder.record(event);
  recorder.record({ ...event, reason: "Stopping" });
  await recorder.stop();
  assert.equal(clock.timerCount, 0);
  recorder.record({ ...event, reason: "Late" });
  await clock.advance(3_600_000);
  assert.deepEqual(requests.slice(1), ["create Stopping at 1000", "count 2 at 1000"]);
  assert.equal(clock.timerCount, 0);
});

test("a stop takes two seconds at most, whatever the API does", async () => {
  const { clock, counted, faults, recorder } = aRecorder();
  faults.push("silence", "silence");
  for (let note = 0; note < 20; note++) recorder.record({ ...event, note: `note ${note}` });
  await clock.advance(0);
  const stopped = recorder.stop();
  await clock.advance(2_000);
  await stopped;
  assert.equal(counted.filter((what) => what === "failed").length, 20);
  assert.equal(clock.timerCount, 0);
});

test("a full map forgets what was not used for the longest time", () => {
  const map = new LruMap<string, number>(2);
  map.set("a", 1);
  map.set("b", 2);
  assert.equal(map.get("a"), 1);
  map.set("c", 3);
  assert.deepEqual([map.get("a"), map.get("b"), map.get("c"), map.size], [1, undefined, 3, 2]);
});
