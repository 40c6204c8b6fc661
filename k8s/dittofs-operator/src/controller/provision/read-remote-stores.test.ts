import assert from "node:assert/strict";
import { test } from "node:test";
import { aServer } from "../../domain/testing/a-server.ts";
import { AProvisioning, resultsOf, storage } from "./testing/a-provisioning.ts";
import { noAnswer } from "./testing/failed-calls.ts";
import type { MadeCall } from "./testing/in-memory-calls.ts";

const s3 = (bucket: string) => ({ bucket, credentialsSecretRef: { name: "keys" } });
const remote = [
  { name: "dead", type: "s3", s3: s3("files") },
  { name: "well", type: "s3", s3: s3("other") },
] as const;
const onDead = { name: "/on-dead", remoteStore: "dead" };
const onWell = { name: "/on-well", remoteStore: "well" };
const local = { name: "/local" };
const server = (...shares: readonly { readonly name: string; readonly readOnly?: boolean }[]) =>
  aServer({ storage, stores: { remote }, shares: [...shares] });
const readOnly = { readOnly: true };

function withKeys(): AProvisioning {
  const at = new AProvisioning();
  for (const { name } of remote) at.setStoreKeys(name, `AK-${name}`, "SK");
  return at;
}

/** What an object store that does not answer does to the server: its list of shares hangs too. */
function die(at: AProvisioning, ...names: readonly string[]): void {
  const health = { status: "unhealthy", message: "S3 connectivity check failed" } as const;
  at.dittofs.remote.list = at.dittofs.remote.list.map((store) =>
    names.includes(store.name) ? { ...store, health } : store,
  );
  at.dittofs.fate = (call) => (isHanging(call) ? noAnswer : undefined);
}

function isHanging({ name, argument }: MadeCall): boolean {
  if (name === "shares") return true;
  const share = typeof argument === "object" && argument !== null && "name" in argument ? argument.name : argument;
  return share === onDead.name && !["sharePermissions", "shareNfsConfig"].includes(name);
}

const namesOf = (at: AProvisioning) => at.dittofs.calls.splice(0).map(({ name }) => name);

test("a store that dies is named with its shares, which are not looked at, and the others go on", async () => {
  const at = withKeys();
  await at.answered(server(onDead, onWell, local));
  die(at, "dead");
  at.dittofs.calls.splice(0);
  const all = [onDead, onWell, local].map((share) => ({ ...share, ...readOnly }));
  const seen = await at.answered(server(...all));
  assert.deepEqual(seen.deadStores, [{ name: "dead", message: "S3 connectivity check failed", shares: ["/on-dead"] }]);
  const results = resultsOf(seen);
  assert.match(results["share /on-dead"] ?? "", /waits for remote store dead, which does not answer/);
  assert.deepEqual([results["share /on-well"], results["share /local"]], ["+ made read-only", "+ made read-only"]);
  assert.equal(namesOf(at).includes("shares"), false);
});

test("a share on a dead store is not created, and one on another is", async () => {
  const at = withKeys();
  await at.answered(server());
  die(at, "dead");
  const results = resultsOf(await at.answered(server(onDead, onWell)));
  assert.match(results["share /on-dead"] ?? "", /waits for remote store dead/);
  assert.equal(results["share /on-well"], "+ created");
  at.dittofs.fate = () => undefined;
  at.dittofs.remote.list = at.dittofs.remote.list.map((store) => ({
    ...store,
    health: { status: "healthy", message: "" },
  }));
  await at.pass(server(onDead, onWell));
  assert.equal(at.asksAgain, 1);
  assert.equal(resultsOf(await at.answered(server(onDead, onWell)))["share /on-dead"], "+ created");
});

test("a store that is made and does not answer gets no share in the same pass", async () => {
  const at = withKeys();
  at.dittofs.remote.afterChange = () => die(at, "dead");
  const results = resultsOf(await at.answered(server(onDead, onWell, local)));
  assert.match(results["share /on-dead"] ?? "", /waits for remote store dead/);
  assert.deepEqual([results["share /on-well"], results["share /local"]], ["+ created", "+ created"]);
});

test("an operator that starts while a store is dead leaves the shares on it as they are", async () => {
  const at = withKeys();
  await at.answered(server(onDead, onWell, local));
  die(at, "dead");
  at.sessions.forget(server().metadata.uid);
  const seen = await at.answered(server({ ...onDead, ...readOnly }, onWell, local));
  assert.equal(resultsOf(seen)["share /on-dead"], "=");
  assert.equal(
    seen.shares.every(({ isServing }) => isServing),
    true,
  );
  assert.equal(seen.deadStores.length, 1);
});

test("a list of shares that hangs makes the stores be looked at again, and no condition flap", async () => {
  const at = withKeys();
  await at.answered(server(onDead, local));
  let looks = 0;
  at.dittofs.fate = (call) => {
    if (call.name === "remoteStores") looks += 1;
    if (call.name === "shares") die(at, "dead");
    return isHanging(call) ? noAnswer : undefined;
  };
  const seen = await at.answered(server(onDead, local));
  assert.equal(seen.deadStores.length, 1);
  assert.equal(looks, 1);
});

test("no pass waits longer than a second for stores that answered before, and the next one knows", async () => {
  const at = withKeys();
  await at.answered(server(onDead, local));
  const hanging = Promise.withResolvers<undefined>();
  at.dittofs.until = ({ name }) => (name === "remoteStores" ? hanging.promise : undefined);
  const beforeMs = at.clock.monotonicMs();
  const seen = await at.answered(server(onDead, { ...local, ...readOnly }));
  assert.ok(at.clock.monotonicMs() - beforeMs <= 1500);
  assert.equal(resultsOf(seen)["share /local"], "+ made read-only");
  assert.equal(at.asksAgain, 0);
  die(at, "dead");
  hanging.resolve(undefined);
  await at.clock.advance(0);
  assert.equal(at.asksAgain, 1);
  at.dittofs.until = () => undefined;
  assert.equal((await at.answered(server(onDead, local))).deadStores.length, 1);
  const restMs = at.clock.monotonicMs();
  await at.answered(server(onDead, local));
  await at.clock.advance(0);
  assert.equal(at.clock.monotonicMs(), restMs);
  assert.equal(at.asksAgain, 1);
});

test("an operator that starts while the stores are slow to answer waits for them in no worker, and goes on when they have", async () => {
  const at = withKeys();
  await at.answered(server(onDead, local));
  at.sessions.forget(server().metadata.uid);
  const hanging = Promise.withResolvers<undefined>();
  at.dittofs.until = ({ name }) => (name === "remoteStores" ? hanging.promise : undefined);
  assert.deepEqual(await at.pass(server(onDead, local)), { kind: "notAsked", because: "operatorStarted" });
  die(at, "dead");
  hanging.resolve(undefined);
  await at.clock.advance(0);
  assert.equal(at.asksAgain, 1);
  assert.equal((await at.answered(server(onDead, local))).deadStores.length, 1);
});

test("a look that fails after its pass has ended brings the next pass, which waits for its own and says what is wrong", async () => {
  const at = withKeys();
  await at.answered(server(onDead, local));
  at.sessions.forget(server().metadata.uid);
  const look = Promise.withResolvers<undefined>();
  const isLook = ({ name }: MadeCall): boolean => name === "remoteStores";
  at.dittofs.until = (call) => (isLook(call) ? look.promise : undefined);
  assert.equal((await at.pass(server(onDead, local))).kind, "notAsked");
  at.dittofs.fate = (call) => (isLook(call) ? noAnswer : undefined);
  look.resolve(undefined);
  await at.clock.advance(0);
  assert.equal(at.asksAgain, 1);

  const slow = (): Promise<void> => new Promise((resolve) => void at.clock.after(3000, resolve));
  at.dittofs.until = (call) => (isLook(call) ? slow() : undefined);
  for (let passes = 0; passes < 2; passes += 1) {
    const seen = await at.pass(server(onDead, local));
    assert.equal(seen.kind, "unreachable", "and not one moment this and the next that");
  }
  assert.equal(at.asksAgain, 1);
  at.dittofs.fate = () => undefined;
  await at.answered(server(onDead, local));
});

test("a look at the process before is none at this one", async () => {
  const at = withKeys();
  const { uid } = server().metadata;
  at.sessions.seeProcess(uid, "pod/0");
  await at.answered(server(onDead, local));
  die(at, "dead");
  await at.answered(server(onDead, local));
  at.dittofs.until = ({ name }) => (name === "remoteStores" ? new Promise(() => undefined) : undefined);
  await at.answered(server(onDead, local));
  at.sessions.seeProcess(uid, "pod/1");
  at.dittofs.until = () => undefined;
  at.dittofs.fate = () => undefined;
  at.dittofs.remote.list = at.dittofs.remote.list.map((store) => ({
    ...store,
    health: { status: "healthy", message: "" },
  }));
  await at.answered(server(onDead, local));
  await at.clock.advance(0);
  assert.deepEqual((await at.answered(server(onDead, local))).deadStores, []);
});

test("stores that the list calls dead are asked one by one when there are several: the first has used up its time", async () => {
  const at = withKeys();
  await at.answered(server(onDead, onWell));
  const [dead, well] = at.dittofs.remote.list;
  assert.ok(dead !== undefined && well !== undefined);
  die(at, "dead", "well");
  at.dittofs.remote.alone.set("well", well);
  const seen = await at.answered(server(onDead, { ...onWell, ...readOnly }));
  assert.deepEqual(
    seen.deadStores.map(({ name }) => name),
    ["dead"],
  );
  assert.equal(resultsOf(seen)["share /on-well"], "+ made read-only");
});
