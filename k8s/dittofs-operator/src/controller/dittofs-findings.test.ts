import assert from "node:assert/strict";
import { test } from "node:test";
import { aServer } from "../domain/testing/a-server.ts";
import { anAnswer } from "../domain/testing/a-world.ts";
import { DittoFsFindings, type Question } from "./dittofs-findings.ts";

const server = aServer();
const key = "default/files";
const question: Question = {
  serverUid: server.metadata.uid,
  generation: 1,
  process: "pod-1/0",
  credentialsVersion: "7",
};

function asked(): DittoFsFindings {
  const findings = new DittoFsFindings();
  findings.ask(key, question);
  findings.answer(key, "pod-1/0", anAnswer());
  return findings;
}

test("before the first question nothing is known, and not because of a new pod", () => {
  assert.deepEqual(new DittoFsFindings().seen(key, server, "pod-1/0"), {
    kind: "notAsked",
    because: "operatorStarted",
  });
});

test("the same question is asked once", () => {
  const findings = asked();
  assert.equal(findings.ask(key, question), false);
});

test("a question whose turn found nobody to ask is asked again, and the answer before it stays", () => {
  const findings = asked();
  findings.miss(key);
  assert.deepEqual(findings.seen(key, server, "pod-1/0"), anAnswer());
  assert.equal(findings.ask(key, question), true);
  assert.equal(findings.ask(key, question), false);
});

test("each time that the status says what a change waits for it is asked once", () => {
  const findings = asked();
  const noted = { ...question, isNoted: true } as const;
  const due = [noted, noted, question, question, noted].map((each) => findings.ask(key, each));
  assert.deepEqual(due, [true, false, false, false, true]);
});

const changes: readonly { readonly what: string; readonly change: Partial<Question> }[] = [
  { what: "a new generation", change: { generation: 2 } },
  { what: "a new pod", change: { process: "pod-2/0" } },
  { what: "a new process in the same pod", change: { process: "pod-1/1" } },
  { what: "a changed password", change: { credentialsVersion: "8" } },
  { what: "a new server of the same name", change: { serverUid: "other" } },
];
for (const { what, change } of changes) {
  test(`${what} is asked about`, () => assert.equal(asked().ask(key, { ...question, ...change }), true));
}

test("the answer of a pod is not taken for that of the next", () => {
  const findings = asked();
  assert.deepEqual(findings.seen(key, server, "pod-2/0"), { kind: "notAsked", because: "podChanged" });
  findings.ask(key, { ...question, process: "pod-2/0" });
  assert.equal(findings.answer(key, "pod-1/0", anAnswer()), false, "a late answer of the old pod");
  assert.deepEqual(findings.seen(key, server, "pod-2/0"), { kind: "notAsked", because: "podChanged" });
});

test("while no pod is ready the last answer stays", () =>
  assert.deepEqual(asked().seen(key, server, undefined), anAnswer()));

test("an answer that says the same changes nothing", () => {
  assert.equal(asked().answer(key, "pod-1/0", anAnswer()), false);
  assert.equal(asked().answer(key, "pod-1/0", anAnswer({ generation: 2 })), true);
});

test("a new server of the same name inherits nothing", () => {
  assert.deepEqual(asked().seen(key, aServer({}, { uid: "other" }), "pod-1/0"), {
    kind: "notAsked",
    because: "operatorStarted",
  });
});

test("nothing is kept of a server that is gone", () => {
  const findings = asked();
  findings.forget(key);
  assert.deepEqual(findings.seen(key, server, "pod-1/0"), { kind: "notAsked", because: "operatorStarted" });
});
