import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import type { KubernetesObject } from "./kubernetes-api.ts";
import { claimedLease, leaseIdentity, leaseRecord, microTime, newLease, releasedLease } from "./lease.ts";
import { systemRandom } from "./system-random.ts";

const key = { namespace: "dittofs-system", name: "dittofs-operator" };
const claim = { identity: "me", durationMs: 15_000, wallMs: Date.UTC(2026, 4, 1) };

function aLease(spec: unknown): KubernetesObject {
  return { ...newLease(key), spec };
}

test("a time has six digits of a second, as Kubernetes' MicroTime is read", () => {
  assert.equal(microTime(Date.UTC(2026, 0, 2, 3, 4, 5, 6)), "2026-01-02T03:04:05.006000Z");
  assert.equal(microTime(0), "1970-01-01T00:00:00.000000Z");
});

test("any spec can be read, and what is claimed from it can be read back", () => {
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.dictionary(fc.string(), fc.jsonValue())), (spec) => {
      const record = leaseRecord(claimedLease(aLease(spec), claim));
      assert.equal(record.holder, "me");
      assert.equal(record.durationMs, 15_000);
      assert.ok(record.transitions >= 0 && record.transitions < 2 ** 31);
    }),
  );
});

test("a duration of nothing, less, or a fraction counts as not said: it would free the Lease at once", () => {
  for (const leaseDurationSeconds of [0, -1, 1.5, "15", undefined]) {
    assert.equal(leaseRecord(aLease({ leaseDurationSeconds })).durationMs, undefined);
  }
});

test("transitions count changes of the holder, not renewals and not the creation, and end at the field's limit", () => {
  const rows = [
    [undefined, 0, "the first holder"],
    [{ holderIdentity: "me", leaseTransitions: 4 }, 4, "a renewal"],
    [{ holderIdentity: "other", leaseTransitions: 4 }, 5, "another holder before"],
    [{ holderIdentity: "", leaseTransitions: 4 }, 5, "after a release"],
    [{ holderIdentity: "other", leaseTransitions: 2 ** 31 - 1 }, 2 ** 31 - 1, "the limit"],
  ] as const;
  for (const [spec, transitions, because] of rows) {
    const live = spec === undefined ? newLease(key) : aLease(spec);
    assert.equal(leaseRecord(claimedLease(live, claim)).transitions, transitions, because);
  }
});

test("a renewal keeps the time of acquisition, a new holder sets it", () => {
  const acquireTime = "2026-01-01T00:00:00.000000Z";
  assert.equal(
    leaseRecord(claimedLease(aLease({ holderIdentity: "me", acquireTime }), claim)).acquireTime,
    acquireTime,
  );
  assert.equal(
    leaseRecord(claimedLease(aLease({ holderIdentity: "other", acquireTime }), claim)).acquireTime,
    microTime(claim.wallMs),
  );
});

test("a released Lease has no holder, keeps its count and its version", () => {
  const live = { ...aLease({ holderIdentity: "me", leaseTransitions: 4 }), metadata: { ...key, resourceVersion: "7" } };
  const freed = releasedLease(live, claim.wallMs);
  assert.equal(leaseRecord(freed).holder, "");
  assert.equal(leaseRecord(freed).transitions, 4);
  assert.equal(freed.metadata.resourceVersion, "7");
});

test("two processes of one host never have the same identity", () => {
  assert.match(leaseIdentity("operator-0", systemRandom), /^operator-0_[0-9a-f]{32}$/);
  assert.notEqual(leaseIdentity("operator-0", systemRandom), leaseIdentity("operator-0", systemRandom));
});
