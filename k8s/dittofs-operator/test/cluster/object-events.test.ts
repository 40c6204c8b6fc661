import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import type { AdminConnection } from "./admin-connection.ts";
import { objectEvents } from "./object-events.ts";

const object = (name: string) => ({ metadata: { name, uid: name, resourceVersion: "1" } });
const list = (...names: readonly string[]) => ({ metadata: { resourceVersion: "7" }, items: names.map(object) });
type Watch = readonly (object | "breaks")[];

/** Answers the lists and watches in their order, each once, and remembers what was asked. */
function connectionOf(lists: readonly (object | number)[], watches: readonly Watch[]) {
  const asked: string[] = [];
  const nextList = lists.values();
  const nextWatch = watches.values();
  const connection: AdminConnection = {
    send: async () => {
      const body = nextList.next().value ?? 500;
      return typeof body === "number" ? { status: body, body: "" } : { status: 200, body };
    },
    lines: async function* (path, signal) {
      asked.push(path);
      const lines = nextWatch.next().value;
      for (const line of lines ?? []) {
        if (line === "breaks") throw new Error("the stream broke");
        yield line;
      }
      if (lines === undefined && !signal.aborted) await once(signal, "abort");
    },
  };
  return { connection, asked };
}

async function told(connection: AdminConnection, count: number): Promise<readonly string[]> {
  const end = new AbortController();
  const events: string[] = [];
  for await (const event of objectEvents(
    connection,
    { path: "/pods", query: "a=b", kind: { kind: "Pod" } },
    end.signal,
  )) {
    events.push(event.type === "synced" ? "synced" : `${event.type} ${event.object.metadata.name}`);
    if (events.length === count) end.abort();
  }
  return events;
}

test("what is there is told before what changes, and the watch begins where the list ended", async () => {
  const changes = [
    { type: "ADDED", object: object("b") },
    { type: "DELETED", object: object("a") },
  ];
  const { connection, asked } = connectionOf([list("a")], [changes]);
  assert.deepEqual(await told(connection, 4), ["present a", "synced", "present b", "gone a"]);
  assert.deepEqual(asked, ["/pods?a=b&watch=true&resourceVersion=7"]);
});

test("after a broken watch what disappeared meanwhile is told as gone", async () => {
  const { connection } = connectionOf([list("a", "b"), list("b", "c")], [["breaks"]]);
  const before = ["present a", "present b", "synced"];
  assert.deepEqual(await told(connection, 7), [...before, "gone a", "present b", "present c", "synced"]);
});

test("a watch that is too old, and an API server that is away, lead to a new list", async () => {
  const tooOld = [{ type: "ERROR", object: { code: 410 } }];
  const { connection } = connectionOf([list(), 503, list("a")], [tooOld]);
  assert.deepEqual(await told(connection, 3), ["synced", "present a", "synced"]);
});
