import assert from "node:assert/strict";
import { test } from "node:test";
import type { DittoFsAnswered, ProvisioningOutcome } from "./dittofs-seen.ts";
import { shareStates } from "./share-states.ts";
import { aServer } from "./testing/a-server.ts";
import { anAnswer, aServingWorld } from "./testing/a-world.ts";

const stateOf = (enabled: boolean, answer: Partial<DittoFsAnswered>) => {
  const server = aServer({ shares: [{ name: "/export", enabled }] });
  return shareStates(aServingWorld({ server, dittofs: anAnswer(answer) })).shares?.[0];
};
const seen = (isServing: boolean, message: string) => ({ shares: [{ name: "/export", isServing, message }] });
const failed = (message: string): { readonly outcomes: readonly ProvisioningOutcome[] } => ({
  outcomes: [{ family: "share", name: "/export", result: { kind: "failed", message } }],
});

test("a share's state is what the server shows, before what the spec hopes", () => {
  const rows = [
    [true, seen(true, ""), { state: "Serving" }],
    [true, seen(false, "it is disabled."), { state: "Pending", message: "it is disabled." }],
    [false, seen(false, "it is disabled."), { state: "Disabled" }],
    [false, { shares: [] }, { state: "Pending", message: "It is not on the server yet." }],
    [true, { ...seen(true, ""), ...failed("No.") }, { state: "Failed", message: "No." }],
    [false, { ...seen(false, "x"), ...failed("No.") }, { state: "Failed", message: "No." }],
  ] as const;
  for (const [enabled, answer, state] of rows) {
    assert.deepEqual(stateOf(enabled, answer), { name: "/export", ...state }, JSON.stringify(answer));
  }
});

test("messages and the list are bounded, so that the status of many shares is", () => {
  const long = stateOf(true, failed("x".repeat(10_000)));
  assert.equal(long?.message?.length, 512);
  const shares = Array.from({ length: 200 }, (_, index) => ({ name: `/share-${index}` }));
  const states = shareStates(aServingWorld({ server: aServer({ shares }) }));
  assert.deepEqual([states.shares?.length, states.shareCount], [64, 200]);
});

test("what was known stays while the server does not answer", () => {
  const shares = [{ name: "/export", state: "Serving" }] as const;
  const server = { ...aServer({ shares: [{ name: "/export" }] }), status: { shares, shareCount: 1 } };
  const dittofs = { kind: "unreachable", sinceMs: 0, message: "no answer." } as const;
  assert.deepEqual(shareStates(aServingWorld({ server, dittofs })), { shares, shareCount: 1 });
});
