import assert from "node:assert/strict";
import { test } from "node:test";
import type { ApiAnswer, ApiFailure } from "../runtime/kubernetes-api.ts";
import { ManualClock } from "../runtime/manual-clock.ts";
import { RecordingLog } from "../runtime/testing/recording-log.ts";
import { readPlatform } from "./read-platform.ts";

const failed = (code: ApiFailure["code"]): ApiAnswer<boolean> => ({
  ok: false,
  failure: { code, message: code, causes: [], mayHaveHappened: false },
});

async function platformAfter(...answers: readonly ApiAnswer<boolean>[]): Promise<string> {
  const left = [...answers];
  const clock = new ManualClock();
  const api = { servesGroup: async () => await Promise.resolve(left.shift() ?? failed("serverError")) };
  const state = { isOver: false };
  const { signal } = new AbortController();
  const reading = readPlatform({ api, clock, log: new RecordingLog(), signal }).finally(() => {
    state.isOver = true;
  });
  for (let turn = 0; turn < 20 && !state.isOver; turn += 1) await clock.advance(1_000);
  return await reading;
}

const rows = [
  { answers: [{ ok: true, value: true }], platform: "openshift", because: "its API group is served" },
  { answers: [{ ok: true, value: false }], platform: "kubernetes", because: "nobody serves that group" },
  { answers: [failed("forbidden")], platform: "kubernetes", because: "who may not look goes on as elsewhere" },
  {
    answers: [failed("unreachable"), failed("serverError"), { ok: true, value: true }],
    platform: "openshift",
    because: "an API server that does not answer yet is asked again",
  },
] as const;
for (const { answers, platform, because } of rows)
  test(`${platform}: ${because}`, async () => assert.equal(await platformAfter(...answers), platform));
