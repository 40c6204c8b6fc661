import assert from "node:assert/strict";
import { test } from "node:test";
import { aLiveRemoteStore, aLiveShare } from "../testing/a-live-dittofs.ts";
import { deadStores, hiddenShares, isReachable } from "./dead-stores.ts";

const unhealthy = { status: "unhealthy", message: "S3 connectivity check failed" } as const;
const well = aLiveRemoteStore({ name: "well" });
const dead = aLiveRemoteStore({ name: "dead", health: unhealthy });
const share = (name: string, remoteStore?: string) => ({ name, remoteStore });

test("a store is reachable when the server has found it so, and not while it does not know", () => {
  const states = ["healthy", "degraded", "unhealthy", "unknown", "disabled"] as const;
  const reachable = states.filter((status) => isReachable(aLiveRemoteStore({ health: { status, message: "" } })));
  assert.deepEqual(reachable, ["healthy", "degraded"]);
});

test("shares on a dead store are hidden, by the spec or as they were seen; others are not", () => {
  const wanted = [share("/a", "dead"), share("/b", "well"), share("/c")];
  const known = [aLiveShare({ name: "/by-hand", remoteStoreId: dead.id }), aLiveShare({ name: "/c" })];
  assert.deepEqual([...hiddenShares(wanted, known, [well, dead]).keys()], ["/a", "/by-hand"]);
  assert.equal(hiddenShares(wanted, known, [well]).size, 0);
});

test("a dead store of the spec is named with its shares; one that is not there yet, or not in the spec, is not", () => {
  const wanted = {
    shares: [share("/a", "dead"), share("/b", "well")],
    remoteStores: [{ name: "well" }, { name: "dead" }, { name: "new" }],
  };
  const byHand = aLiveRemoteStore({ name: "by-hand", health: unhealthy });
  assert.deepEqual(deadStores(wanted, { remoteStores: [well, dead, byHand] }), [
    { name: "dead", message: "S3 connectivity check failed", shares: ["/a"] },
  ]);
});
