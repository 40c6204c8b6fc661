import assert from "node:assert/strict";
import { test } from "node:test";
import type { ClientsSeen } from "./deletion-hold.ts";
import { type AskedClients, answeredClients, heededClients } from "./heeded-clients.ts";

const nobody: ClientsSeen = { kind: "seen", clients: [] };
const somebody: ClientsSeen = { kind: "seen", clients: [{ protocol: "nfs", address: "192.0.2.1" }] };
const unknown: ClientsSeen = { kind: "unknown", message: "no answer" };

type Row = {
  readonly because: string;
  /** Answers, and the second in which each came. */
  readonly answers: readonly (readonly [second: number, seen: ClientsSeen])[];
  readonly nowSecond: number;
  readonly isRunning?: false;
  readonly clients: ClientsSeen | undefined;
  readonly isToBeAsked: boolean;
};
const rows: readonly Row[] = [
  { because: "nothing is known yet", answers: [], nowSecond: 0, clients: undefined, isToBeAsked: true },
  {
    because: "somebody who was there holds at once",
    answers: [[0, somebody]],
    nowSecond: 0,
    clients: somebody,
    isToBeAsked: false,
  },
  {
    because: "somebody holds also when that is long ago",
    answers: [[0, somebody]],
    nowSecond: 60,
    clients: somebody,
    isToBeAsked: true,
  },
  {
    because: "one answer without clients proves nothing",
    answers: [[0, nobody]],
    nowSecond: 0,
    clients: undefined,
    isToBeAsked: false,
  },
  {
    because: "answers without clients for eight seconds prove it",
    answers: [
      [0, nobody],
      [8, nobody],
    ],
    nowSecond: 16,
    clients: nobody,
    isToBeAsked: false,
  },
  {
    because: "a moment less does not",
    answers: [
      [0, nobody],
      [7.9, nobody],
    ],
    nowSecond: 8,
    clients: undefined,
    isToBeAsked: false,
  },
  {
    because: "what was proved is not believed for ever",
    answers: [
      [0, nobody],
      [8, nobody],
    ],
    nowSecond: 16.1,
    clients: undefined,
    isToBeAsked: true,
  },
  {
    because: "somebody in between begins it anew",
    answers: [
      [0, nobody],
      [4, somebody],
      [8, nobody],
    ],
    nowSecond: 8,
    clients: undefined,
    isToBeAsked: false,
  },
  {
    because: "an answer that does not come begins it anew too",
    answers: [
      [0, nobody],
      [4, unknown],
      [8, nobody],
    ],
    nowSecond: 8,
    clients: undefined,
    isToBeAsked: false,
  },
  {
    because: "a server that does not run has no clients",
    answers: [[0, somebody]],
    nowSecond: 0,
    isRunning: false,
    clients: nobody,
    isToBeAsked: false,
  },
];

for (const { because, answers, nowSecond, isRunning = true, clients, isToBeAsked } of rows)
  test(`of what a server says of its clients is believed: ${because}`, () => {
    const asked = answers.reduce<AskedClients | undefined>(
      (earlier, [second, seen]) => answeredClients(earlier, seen, second * 1000),
      undefined,
    );
    assert.deepEqual(heededClients(asked, { isRunning, nowMs: nowSecond * 1000 }), { clients, isToBeAsked });
  });
