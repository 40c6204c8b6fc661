import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { test } from "node:test";
import { doubleFor, type FreshDouble } from "../fresh-double.ts";

const adapters = "/api/v1/adapters";

/** `open` if something accepts connections at the port of the double's address. */
function dial(fresh: FreshDouble, port: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, new URL(fresh.double.url).hostname);
    socket.once("connect", () => socket.destroy()).once("error", () => resolve("closed"));
    socket.once("close", () => resolve("open"));
  });
}

/** Waits until no status from before is kept any more. */
async function pastKeptStatus(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 10));
}

test("a new server has both adapters enabled, NFS on 12049 and SMB on 1445, and really listens", async (t) => {
  const fresh = await doubleFor(t);
  const { list } = await fresh.call("GET", adapters);
  assert.deepEqual(
    list.map(({ type, port, enabled, running, config }) => [type, port, enabled, running, config]),
    [
      ["nfs", 12049, true, true, undefined],
      ["smb", 1445, true, true, undefined],
    ],
  );
  assert.deepEqual([await dial(fresh, 12049), await dial(fresh, 1445)], ["open", "open"]);
  assert.deepEqual((await fresh.call("GET", `${adapters}/ports`)).body, [
    { type: "nfs", port: 12049, enabled: true, running: true },
    { type: "smb", port: 1445, enabled: true, running: true },
  ]);
});

test("another port is used at once, and the old one given back", async (t) => {
  const fresh = await doubleFor(t);
  const { object } = await fresh.call("PUT", `${adapters}/smb`, { port: 12445 });
  assert.equal(object.port, 12445);
  assert.deepEqual([await dial(fresh, 12445), await dial(fresh, 1445)], ["open", "closed"]);
});

test("port 0 is shown as 0 and means the default, a negative one the adapter's own default", async (t) => {
  const fresh = await doubleFor(t);
  assert.equal((await fresh.call("PUT", `${adapters}/smb`, { port: 0 })).object.port, 0);
  assert.equal(await dial(fresh, 12445), "open");
  assert.equal((await fresh.call("PUT", `${adapters}/nfs`, { port: -5 })).status, 200);
  assert.equal(await dial(fresh, 2049), "open");
});

test("a port that is taken: 200, running, and a status that says it has not started", async (t) => {
  const fresh = await doubleFor(t);
  const blocker = createServer().listen(4445, new URL(fresh.double.url).hostname);
  t.after(() => blocker.close());
  await new Promise((resolve) => blocker.once("listening", resolve));
  const { status, object } = await fresh.call("PUT", `${adapters}/smb`, { port: 4445 });
  assert.deepEqual([status, object.running], [200, true]);
  await pastKeptStatus();
  const report = (await fresh.call("GET", `${adapters}/smb/status`)).object;
  assert.deepEqual([report.status, report.message], ["unknown", "SMB adapter has not started yet"]);
});

test("a port that cannot exist: 500, stored, and the next start ends in a panic", async (t) => {
  const fresh = await doubleFor(t);
  const refused = await fresh.call("PUT", `${adapters}/nfs`, { port: 70_000 });
  assert.deepEqual([refused.status, refused.body], [500, ""]);
  const { object } = await fresh.call("GET", `${adapters}/nfs`);
  assert.deepEqual([object.port, object.running], [70_000, false]);
  await assert.rejects(fresh.restart(), { name: "StartError", exitCode: 2 });
});

test("an adapter that is switched off listens no more, also after a restart", async (t) => {
  const fresh = await doubleFor(t);
  const { object } = await fresh.call("PUT", `${adapters}/nfs`, { enabled: false });
  assert.deepEqual([object.enabled, object.running], [false, false]);
  await fresh.restart();
  assert.equal(await dial(fresh, 12049), "closed");
  assert.match(String((await fresh.call("GET", `${adapters}/nfs/status`)).object.message), /not running/);
});

test("a change of the configuration alone keeps the listener and its connections", async (t) => {
  const fresh = await doubleFor(t);
  const before = fresh.double.state.adapters;
  const config = { tls: { cert_file: "/none", key_file: "/none", mode: "require" } };
  const { object } = await fresh.call("PUT", `${adapters}/nfs`, { config });
  assert.deepEqual(object.config, config);
  assert.ok(before.isRunning("nfs"));
  assert.equal((await fresh.call("PUT", `${adapters}/nfs`, { config: {} })).object.config, undefined);
  assert.equal((await fresh.call("GET", `${adapters}/nfs/config`)).status, 404);
});

test("a deleted adapter is back with its defaults at the next start", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.call("PUT", `${adapters}/smb`, { port: 12445 });
  await fresh.call("PATCH", `${adapters}/smb/settings`, { max_sessions: 5 });
  assert.equal((await fresh.call("DELETE", `${adapters}/smb`)).status, 204);
  assert.equal((await fresh.call("DELETE", `${adapters}/smb`)).status, 404);
  assert.equal((await fresh.call("GET", `${adapters}/smb/settings`)).status, 404);
  await fresh.restart();
  assert.equal((await fresh.call("GET", `${adapters}/smb`)).object.port, 1445);
  assert.equal((await fresh.call("GET", `${adapters}/smb/settings`)).object.max_sessions, 10_000);
});

test("an adapter that is made is enabled and started, whatever the body says", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.call("DELETE", `${adapters}/smb`);
  const { status, object } = await fresh.call("POST", adapters, { type: "smb", enabled: false, port: 12447 });
  assert.deepEqual([status, object.enabled, object.running], [201, true, false], "running shows at the next look");
  assert.equal((await fresh.call("GET", `${adapters}/smb`)).object.running, true);
  assert.equal(await dial(fresh, 12447), "open");
});

test("what an adapter cannot be", async (t) => {
  const fresh = await doubleFor(t);
  assert.equal((await fresh.call("POST", adapters, {})).status, 400);
  assert.equal((await fresh.call("POST", adapters, { type: "nfs" })).status, 409);
  assert.equal((await fresh.call("POST", adapters, { type: "ftp" })).status, 500);
  assert.equal((await fresh.call("PUT", `${adapters}/ftp`, {})).status, 404);
  assert.equal((await fresh.call("PUT", `${adapters}/nfs`, { port: "2049" })).status, 400);
});

test("the status of a moment ago is shown for five seconds", async (t) => {
  const fresh = await doubleFor(t, { slowFactor: 1 });
  assert.equal((await fresh.call("GET", `${adapters}/smb/status`)).object.status, "healthy");
  await fresh.call("PUT", `${adapters}/smb`, { enabled: false });
  assert.equal((await fresh.call("GET", `${adapters}/smb/status`)).object.status, "healthy");
});

// dittofs-server.md 3.12, measured.md 6 E
for (const { because, tls } of [
  { because: "a file is missing", tls: { cert_file: "/none.crt", key_file: "/none.key" } },
  { because: "the mode is none", tls: { mode: "required" } },
]) {
  test(`TLS of NFS of which ${because} is taken, and ends NFS when it is switched off and on`, async (t) => {
    const fresh = await doubleFor(t);
    assert.equal((await fresh.call("PUT", `${adapters}/nfs`, { config: { tls } })).status, 200);
    assert.equal(await dial(fresh, 12049), "open", "the listener stays as it was");
    await fresh.call("PUT", `${adapters}/nfs`, { enabled: false });
    const { status, object } = await fresh.call("PUT", `${adapters}/nfs`, { enabled: true });
    assert.deepEqual([status, object.running, await dial(fresh, 12049)], [200, true, "closed"]);
    await fresh.call("PUT", `${adapters}/nfs`, { config: {}, enabled: false });
    await fresh.call("PUT", `${adapters}/nfs`, { enabled: true });
    assert.equal(await dial(fresh, 12049), "open");
  });
}

test("TLS of NFS whose files are there is served after off and on", async (t) => {
  const fresh = await doubleFor(t);
  for (const name of ["tls.crt", "tls.key"]) writeFileSync(`${fresh.folder}/${name}`, "");
  const tls = { cert_file: `${fresh.folder}/tls.crt`, key_file: `${fresh.folder}/tls.key`, mode: "require" };
  await fresh.call("PUT", `${adapters}/nfs`, { config: { tls }, enabled: false });
  const { object } = await fresh.call("PUT", `${adapters}/nfs`, { enabled: true });
  assert.deepEqual([object.config, await dial(fresh, 12049)], [{ tls }, "open"]);
});
