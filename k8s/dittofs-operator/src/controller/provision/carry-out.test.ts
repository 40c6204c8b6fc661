import assert from "node:assert/strict";
import { test } from "node:test";
import { aLiveShare } from "../../domain/testing/a-live-dittofs.ts";
import { aServer } from "../../domain/testing/a-server.ts";
import { AProvisioning, resultsOf, storage, withShares } from "./testing/a-provisioning.ts";
import { noAnswer, refusal, serverError } from "./testing/failed-calls.ts";
import type { MadeCall } from "./testing/in-memory-calls.ts";

const isCreation = ({ name, argument }: MadeCall, share: string): boolean =>
  name === "createShare" && JSON.stringify(argument).includes(`"${share}"`);

test("a share that the server refuses does not hold up the others, and says what the server answered", async () => {
  const at = new AProvisioning();
  at.dittofs.fate = (call) => (isCreation(call, "/bad") ? refusal("badRequest") : undefined);
  const seen = await at.answered(withShares("/a", "/bad", "/z"));
  assert.deepEqual(
    seen.shares.map(({ name, isServing }) => [name, isServing]),
    [
      ["/a", true],
      ["/bad", false],
      ["/z", true],
    ],
  );
  assert.equal(
    resultsOf(seen)["share /bad"],
    `! Share /bad: the server answers 400 to POST /x ("the server's words"). Correct the spec, or what the answer names; it is tried again.`,
  );
  assert.equal(at.dittofs.calls.filter((call) => isCreation(call, "/bad")).length, 1, "once per pass");
});

test("a server error at one share does not hold up the others, and heals", async () => {
  const at = new AProvisioning();
  at.dittofs.fate = (call) => (isCreation(call, "/bad") ? serverError : undefined);
  const server = withShares("/a", "/bad", "/z");
  const seen = await at.answered(server);
  assert.match(
    resultsOf(seen)["share /bad"] ?? "",
    /^! Share \/bad: GET \/x failed on the server: 500 broken\. It is tried again\.$/,
  );
  assert.equal(resultsOf(seen)["share /z"], "+ created");
  at.dittofs.fate = () => undefined;
  assert.equal(resultsOf(await at.answered(server))["share /bad"], "+ created");
});

test("a share waits for a store that failed and says so, and shares on other stores go on", async () => {
  const at = new AProvisioning();
  at.dittofs.fate = ({ name }) => (name === "createLocalStore" ? refusal("badRequest") : undefined);
  const seen = await at.answered(withShares("/a"));
  assert.equal(
    resultsOf(seen)["share /a"],
    "! Share /a waits for local store default, which is not as wanted; see there.",
  );
  assert.deepEqual(
    at.dittofs.calls.filter(({ name }) => name === "createShare"),
    [],
  );
});

test("a share is not created on a store that is something else than the spec says", async () => {
  const at = new AProvisioning();
  at.dittofs.metadataStoreList = [{ id: "1", name: "default", type: "memory", config: {} }];
  const results = resultsOf(await at.answered(withShares("/a")));
  assert.match(results["metadataStore default"] ?? "", /^! Metadata store "default" is memory on the server/);
  assert.match(results["share /a"] ?? "", /waits for metadata store default/);
  assert.deepEqual(at.dittofs.shareList, []);
});

test("a creation whose answer is lost is looked at before anything is sent again, and counts when it happened", async () => {
  const at = new AProvisioning();
  at.dittofs.fate = (call) => (isCreation(call, "/a") ? "lostAnswer" : undefined);
  const seen = await at.answered(withShares("/a", "/z"));
  const creation = at.dittofs.calls.findIndex((call) => isCreation(call, "/a"));
  assert.equal(at.dittofs.calls[creation + 1]?.name, "adapters", "the next call is a look");
  assert.equal(at.dittofs.calls.filter((call) => isCreation(call, "/a")).length, 1);
  assert.deepEqual(
    seen.shares.map(({ isServing }) => isServing),
    [true, true],
  );
  assert.equal(resultsOf(seen)["share /a"], "+ created");
});

test("a creation that never happened is not repeated within the pass, and the others go on", async () => {
  const at = new AProvisioning();
  at.dittofs.fate = (call) => (isCreation(call, "/a") ? noAnswer : undefined);
  const seen = await at.answered(withShares("/a", "/z"));
  assert.equal(at.dittofs.calls.filter((call) => isCreation(call, "/a")).length, 1);
  assert.match(resultsOf(seen)["share /a"] ?? "", /^! Share \/a: GET \/x got no answer: the connection was cut off\./);
  assert.equal(resultsOf(seen)["share /z"], "+ created");
});

test("a share that somebody else creates at the same moment is compared and brought to the spec", async () => {
  const at = new AProvisioning();
  at.dittofs.fate = (call) => {
    if (!isCreation(call, "/a") || at.dittofs.shareList.length > 0) return undefined;
    at.dittofs.shareList.push(aLiveShare({ name: "/a", readOnly: true, defaultPermission: "read" }));
    return undefined;
  };
  const seen = await at.answered(withShares("/a"));
  assert.match(resultsOf(seen)["share /a"] ?? "", /^\+ made writable, default permission read -> none/);
  assert.equal(at.dittofs.shareList.length, 1);
});

test("a change that the server accepts and does not keep is said and not repeated in the same pass", async () => {
  const at = new AProvisioning();
  await at.answered(withShares("/a"));
  at.dittofs.calls.length = 0;
  at.dittofs.fate = ({ name }) => (name === "updateShare" ? "ignored" : undefined);
  const seen = await at.answered(aServer({ storage, shares: [{ name: "/a", readOnly: true }] }));
  assert.match(
    resultsOf(seen)["share /a"] ?? "",
    /^! The server accepted the change of share \/a \(made read-only\) and does not show it/,
  );
  assert.equal(at.dittofs.calls.filter(({ name }) => name === "updateShare").length, 1);
});
