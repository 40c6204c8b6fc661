import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Trouble } from "./contact.ts";
import { ManualClock } from "./manual-clock.ts";
import { aFailure } from "./testing/fake-list-watch.ts";
import { waitForSync } from "./wait-for-sync.ts";

const statefulSets = {
  group: "apps",
  version: "v1",
  kind: "StatefulSet",
  plural: "statefulsets",
  isNamespaced: true,
};

function waiting(reflector: { readonly isSynced: () => boolean; readonly trouble?: Trouble }) {
  const clock = new ManualClock();
  const stopping = new AbortController();
  const missing = waitForSync(
    [{ resource: statefulSets, hasSynced: reflector.isSynced, trouble: () => reflector.trouble }],
    { clock, deadlineMs: 60_000, signal: stopping.signal },
  );
  return { clock, stopping, missing };
}

describe("waiting for the first lists", () => {
  test("ends soon after the last one is there, with nothing missing", async () => {
    let isSynced = false;
    const { clock, missing } = waiting({ isSynced: () => isSynced });
    await clock.advance(1_000);
    isSynced = true;
    await clock.advance(20);
    assert.deepEqual(await missing, []);
    assert.equal(clock.timerCount, 0);
  });

  const rows: readonly { readonly trouble: Trouble | undefined; readonly says: RegExp; readonly because: string }[] = [
    {
      trouble: { verb: "list", failure: aFailure("forbidden", 403) },
      says: /^statefulsets\.apps: the operator may not list them; grant it the verbs "list" and "watch" on statefulsets\.apps/,
      because: "a missing permission is the commonest fault of an installation",
    },
    {
      trouble: { verb: "list", failure: aFailure("notFound", 404) },
      says: /^statefulsets\.apps: the cluster does not serve apps\/v1; install its CustomResourceDefinition/,
      because: "a missing CRD is the next",
    },
    {
      trouble: { verb: "list", failure: aFailure("unreachable") },
      says: /^statefulsets\.apps: cannot list them \(unreachable\): the server said unreachable/,
      because: "other failures speak for themselves",
    },
    { trouble: undefined, says: /has not answered yet/, because: "a first request may hang" },
  ];
  for (const { trouble, says, because } of rows) {
    test(`passes its deadline and says ${says.source}, because ${because}`, async () => {
      const { clock, missing } = waiting({ isSynced: () => false, ...(trouble !== undefined && { trouble }) });
      await clock.advance(60_020);
      const [sentence] = await missing;
      assert.match(sentence ?? "", says);
    });
  }

  test("ends at once when it is aborted", async () => {
    const { clock, stopping, missing } = waiting({ isSynced: () => false });
    await clock.advance(10);
    stopping.abort();
    assert.equal((await missing).length, 1);
    assert.equal(clock.timerCount, 0);
  });
});
