import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { eventObject, type NewEvent, seriesPatch } from "./event-object.ts";

const event: NewEvent = {
  regarding: { apiVersion: "example.com/v1", kind: "Widget", namespace: "default", name: "files", uid: "uid-1" },
  type: "Warning",
  reason: "SecretNotFound",
  action: "Check",
  note: "Secret default/keys does not exist; create it.",
};
const told = {
  reporter: { controller: "example.com/operator", instance: "operator-0" },
  wallMs: Date.UTC(2026, 0, 1),
  suffix: "00112233445566ff",
};

test("an event names its object, its reporter, and its time with six digits", () => {
  assert.deepEqual(eventObject(event, told), {
    apiVersion: "events.k8s.io/v1",
    kind: "Event",
    metadata: { name: "files.00112233445566ff", namespace: "default" },
    eventTime: "2026-01-01T00:00:00.000000Z",
    reportingController: "example.com/operator",
    reportingInstance: "operator-0",
    type: "Warning",
    reason: "SecretNotFound",
    action: "Check",
    regarding: event.regarding,
    note: "Secret default/keys does not exist; create it.",
  });
});

test("an event about a cluster-wide object is in the namespace default, where the API wants it", () => {
  const regarding = { apiVersion: "v1", kind: "Node", name: "node-1" };
  assert.equal(eventObject({ ...event, regarding }, told).metadata.namespace, "default");
});

test("any name gives a valid name of at most 253 characters", () => {
  const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
  const label = fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/);
  fc.assert(
    fc.property(fc.array(label, { minLength: 1, maxLength: 5 }), (labels) => {
      const regarding = {
        ...event.regarding,
        name: labels
          .join(".")
          .slice(0, 253)
          .replace(/[-.]+$/, ""),
      };
      const { name } = eventObject({ ...event, regarding }, told).metadata;
      assert.ok(name.length <= 253 && subdomain.test(name), name);
    }),
  );
});

test("a note has at most 1,024 bytes and is never cut within a character", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", minLength: 300, maxLength: 2_000 }), (note) => {
      const written = String(eventObject({ ...event, note }, told)["note"]);
      assert.ok(Buffer.byteLength(written) <= 1_024);
      assert.ok(!written.includes("\uFFFD") || note.includes("\uFFFD"));
      if (Buffer.byteLength(note) > 1_024) assert.ok(written.endsWith("..."));
    }),
  );
});

test("an instance on a host with a long name is cut to what the API takes", () => {
  const reporter = { ...told.reporter, instance: "h".repeat(300) };
  assert.equal(String(eventObject(event, { ...told, reporter })["reportingInstance"]).length, 128);
});

test("a secret that found its way into a note is blanked", () => {
  const written = eventObject({ ...event, note: "cannot open postgres://ditto:hunter2@db/ditto" }, told);
  assert.ok(!JSON.stringify(written).includes("hunter2"));
});

test("a series has a count and the time of its last event", () => {
  assert.deepEqual(seriesPatch(7, told.wallMs), [
    { op: "add", path: "/series", value: { count: 7, lastObservedTime: "2026-01-01T00:00:00.000000Z" } },
  ]);
});
