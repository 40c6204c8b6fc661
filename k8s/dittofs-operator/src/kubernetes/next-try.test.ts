import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { nextTry, type Tried } from "./next-try.ts";

const broken = (mayHaveHappened: boolean): Tried["outcome"] => ({
  kind: "failed",
  failure: { code: "unreachable", mayHaveHappened },
});
const answered = (status: number, retryAfterMs?: number): Tried["outcome"] => ({
  kind: "answered",
  status,
  retryAfterMs,
});
const base: Tried = { method: "GET", tries: 1, remainingMs: 15_000, outcome: answered(200) };

describe("whether a call is sent once more", () => {
  const rows: readonly {
    readonly tried: Partial<Tried>;
    readonly next: number | "renewed" | "none";
    readonly because: string;
  }[] = [
    { tried: {}, next: "none", because: "it was answered" },
    { tried: { outcome: answered(404) }, next: "none", because: "the answer will be the same" },
    { tried: { outcome: answered(500) }, next: "none", because: "the pass tries again, with newer knowledge" },
    { tried: { outcome: answered(401) }, next: "renewed", because: "the token may have been replaced" },
    { tried: { outcome: answered(401), tries: 2 }, next: "none", because: "a new token did not help" },
    { tried: { outcome: broken(true) }, next: "renewed", because: "a read can be repeated" },
    { tried: { outcome: broken(true), tries: 2 }, next: "none", because: "it is no chance event" },
    { tried: { outcome: broken(true), method: "PATCH" }, next: "renewed", because: "twice is the same as once" },
    { tried: { outcome: broken(true), method: "POST" }, next: "none", because: "it would be made twice" },
    { tried: { outcome: broken(false), method: "POST" }, next: "renewed", because: "it never left" },
    {
      tried: { outcome: { kind: "failed", failure: { code: "timeout", mayHaveHappened: true } } },
      next: "none",
      because: "its time is up",
    },
    { tried: { outcome: answered(429, 1_000) }, next: 1_000, because: "the server says when" },
    { tried: { outcome: answered(429, 1_000), method: "POST" }, next: 1_000, because: "nothing was done yet" },
    { tried: { outcome: answered(429) }, next: "none", because: "the server does not say when" },
    { tried: { outcome: answered(429, 6_000) }, next: "none", because: "a worker does not wait that long" },
    { tried: { outcome: answered(429, 1_000), remainingMs: 900 }, next: "none", because: "its time would be up" },
    { tried: { outcome: answered(429, 1_000), tries: 4 }, next: "none", because: "it was tried often enough" },
    { tried: { outcome: answered(503, 1_000) }, next: 1_000, because: "the server says when" },
    {
      tried: { outcome: answered(503, 1_000), method: "POST" },
      next: "none",
      because: "a proxy may have lost the answer",
    },
  ];
  for (const { tried, next, because } of rows) {
    test(`${JSON.stringify(tried)}: ${next}, because ${because}`, () => {
      const expected =
        next === "none"
          ? { kind: "none" }
          : { kind: "again", afterMs: next === "renewed" ? 0 : next, renew: next === "renewed" };
      assert.deepEqual(nextTry({ ...base, ...tried }), expected);
    });
  }
});
