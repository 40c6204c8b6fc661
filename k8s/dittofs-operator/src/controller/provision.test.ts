import assert from "node:assert/strict";
import { test } from "node:test";
import { aServer } from "../domain/testing/a-server.ts";
import { AProvisioning, resultsOf, storage, withShares } from "./provision/testing/a-provisioning.ts";
import { noAnswer } from "./provision/testing/failed-calls.ts";

test("a fresh server gets adapters, stores and shares in one pass, and the pass reports them as they are then", async () => {
  const at = new AProvisioning();
  const seen = await at.answered(aServer({ storage, shares: [{ name: "/export" }] }, { generation: 7 }));
  assert.equal(seen.generation, 7);
  assert.deepEqual(resultsOf(seen), {
    "adapter nfs": "=",
    "adapter smb": "+ port 1445 -> 12445",
    "metadataStore default": "+ created (badger at /data/store/metadata/default)",
    "localStore default": "+ created (fs at /data/store/block)",
    "share /export": "+ created",
  });
  assert.deepEqual(seen.shares, [{ name: "/export", isServing: true, message: "" }]);
  assert.deepEqual(
    seen.adapters.map(({ type, port, isServing }) => [type, port, isServing]),
    [
      ["nfs", 12_049, true],
      ["smb", 12_445, true],
    ],
  );
  assert.equal(at.clock.timerCount, 0, "no timer is left");
});

test("a converged server costs eight reads at most, no write, no login and no read of a Secret, however many shares", async () => {
  for (const count of [0, 1, 4, 5, 200]) {
    const at = new AProvisioning();
    const server = withShares(...Array.from({ length: count }, (_, index) => `/share-${index}`));
    await at.answered(server);
    at.dittofs.takeCounts();
    at.secretReads = 0;
    for (let pass = 0; pass < 5; pass += 1) {
      const seen = await at.answered(server);
      assert.ok(seen.outcomes.every(({ result }) => result.kind === "asWanted"));
      const counts = at.dittofs.takeCounts();
      assert.ok(counts.reads <= 8, `${count} shares cost ${counts.reads} reads`);
      assert.deepEqual({ ...counts, reads: 0 }, { reads: 0, writes: 0, logins: 0, refreshes: 0 });
    }
    assert.equal(at.secretReads, 0);
  }
});

test("two hundred shares are provisioned in one pass", async () => {
  const at = new AProvisioning();
  const seen = await at.answered(withShares(...Array.from({ length: 200 }, (_, index) => `/share-${index}`)));
  assert.ok(seen.shares.every(({ isServing }) => isServing));
});

test("what was changed by hand and is declared is put back; what is not declared stays", async () => {
  const at = new AProvisioning();
  const server = withShares("/a");
  await at.answered(server);
  const [share] = at.dittofs.shareList;
  assert.ok(share);
  const byHand = { ...share, id: "h", name: "/by-hand", enabled: false };
  at.dittofs.shareList = [{ ...share, readOnly: true, enabled: false }, byHand];
  await at.answered(server);
  assert.deepEqual(at.dittofs.shareList, [share, byHand]);
});

test("a server that lost everything gets everything again, from the resource alone", async () => {
  const at = new AProvisioning();
  const server = withShares("/a", "/b");
  await at.answered(server);
  at.dittofs.revokeTokens();
  at.dittofs.shareList = [];
  at.dittofs.metadataStoreList = [];
  at.dittofs.localStoreList = [];
  at.dittofs.nfsConfigs.clear();
  const seen = await at.answered(server);
  assert.deepEqual(
    seen.shares.map(({ isServing }) => isServing),
    [true, true],
  );
});

test("a list that fails is not an empty list: nothing is written", async () => {
  for (const list of ["adapters", "metadataStores", "localStores", "shares", "shareNfsConfig"] as const) {
    const at = new AProvisioning();
    await at.answered(withShares("/a"));
    at.dittofs.takeCounts();
    at.dittofs.fate = ({ name }) => (name === list ? noAnswer : undefined);
    await at.clock.advance(7_200_000);
    const seen = await at.pass(withShares("/a", "/b"));
    assert.equal(seen.kind, "unreachable", list);
    assert.equal(at.dittofs.takeCounts().writes, 0, list);
  }
});

test("an unreachable server says since when, until it answers again", async () => {
  const at = new AProvisioning();
  at.dittofs.fate = () => noAnswer;
  const sinceMs = at.clock.wallMs();
  const expected = { kind: "unreachable", sinceMs, message: "GET /x got no answer: the connection was cut off." };
  assert.deepEqual(await at.pass(withShares("/a")), expected);
  await at.clock.advance(60_000);
  assert.deepEqual(await at.pass(withShares("/a")), expected);
  at.dittofs.fate = () => undefined;
  await at.answered(withShares("/a"));
  at.dittofs.fate = () => noAnswer;
  const again = await at.pass(withShares("/a"));
  assert.equal(again.kind === "unreachable" && again.sinceMs, at.clock.wallMs());
});

test("a server that asks to be left alone is left alone for as long as it asks", async () => {
  const at = new AProvisioning();
  at.dittofs.fate = ({ name }) =>
    name === "shares"
      ? { code: "unavailable", request: "GET /x", because: "busy", detail: "", retryAfterMs: 20_000 }
      : undefined;
  assert.equal((await at.pass(withShares("/a"))).kind, "unreachable");
  at.dittofs.calls.length = 0;
  await at.clock.advance(19_000);
  assert.equal((await at.pass(withShares("/a"))).kind, "unreachable");
  assert.deepEqual(at.dittofs.calls, []);
  at.dittofs.fate = () => undefined;
  await at.clock.advance(1_000);
  await at.answered(withShares("/a"));
});

test("writing stops in time to look at the result, and the rest says that its turn comes", async () => {
  const at = new AProvisioning();
  const shares = Array.from({ length: 20 }, (_, index) => `/share-${index}`);
  at.dittofs.fate = ({ name }) => {
    if (name === "createShare") at.clock.stall(4_900);
    return undefined;
  };
  const results = resultsOf(await at.answered(withShares(...shares)));
  assert.equal(results["share /share-0"], "+ created");
  assert.match(
    results["share /share-19"] ?? "",
    /is not handled yet \(created\): the operator goes on with it in its next pass/,
  );
  at.dittofs.fate = () => undefined;
  await at.answered(withShares(...shares));
  assert.equal(at.dittofs.shareList.length, 20);
});

test("a pass ends after a minute, whatever hangs", async () => {
  const at = new AProvisioning();
  at.dittofs.fate = ({ name }) => (name === "shares" ? "hangs" : undefined);
  const startMs = at.clock.monotonicMs();
  assert.equal((await at.pass(withShares("/a"))).kind, "unreachable");
  assert.equal(at.clock.monotonicMs() - startMs, 60_000);
  assert.equal(at.clock.timerCount, 0, "no timer is left");
});

test("a pass that the caller ends rejects with the caller's reason", async () => {
  const at = new AProvisioning();
  at.dittofs.fate = ({ name }) => (name === "shares" ? "hangs" : undefined);
  const caller = new AbortController();
  at.clock.after(500, () => caller.abort(new Error("the operator stops")));
  await assert.rejects(at.pass(withShares("/a"), { signal: caller.signal }), /the operator stops/);
  assert.equal(at.clock.timerCount, 0, "no timer is left");
});

test("no password and no token reaches what is shown, whatever a server echoes", async () => {
  const at = new AProvisioning();
  at.secret = { kind: "present", password: "another-password" };
  const shown = [await at.pass(withShares("/a"))];
  at.secret = { kind: "present", password: "right-password" };
  at.sessions.allowLogin(withShares().metadata.uid);
  shown.push(await at.pass(withShares("/a")));
  assert.doesNotMatch(JSON.stringify(shown), /another-password|right-password|access-|refresh-/);
});
