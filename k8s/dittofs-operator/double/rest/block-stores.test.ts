import assert from "node:assert/strict";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { doubleFor } from "../fresh-double.ts";

const local = "/api/v1/store/block/local";
const remote = "/api/v1/store/block/remote";
const keys = { bucket: "b", access_key_id: "AK", secret_access_key: "SK" };
const s3 = (config: object): object => ({ name: "r", type: "s3", config: JSON.stringify({ ...keys, ...config }) });
const publicNetwork = { resolve: async () => ["203.0.113.7"], dial: async () => true };

test("local and remote stores are apart: a name can be used in each", async (t) => {
  const fresh = await doubleFor(t);
  assert.equal((await fresh.call("POST", local, { name: "m", type: "memory" })).object.kind, "local");
  assert.equal((await fresh.call("POST", remote, { name: "m", type: "memory" })).object.kind, "remote");
  assert.equal((await fresh.call("POST", remote, { name: "m", type: "memory" })).status, 409);
  assert.equal((await fresh.call("GET", local)).list.length, 1);
  assert.equal((await fresh.call("GET", "/api/v1/store/block/other")).status, 400);
});

test("a file system store makes its folder, and is refused where it cannot", async (t) => {
  const fresh = await doubleFor(t);
  const folder = `${fresh.folder}/deep/block`;
  const good = await fresh.call("POST", local, { name: "l", type: "fs", config: JSON.stringify({ path: folder }) });
  assert.equal(good.status, 201);
  assert.ok(existsSync(folder));
  const rows: readonly (readonly [body: object, because: string])[] = [
    [{ name: "x", type: "s3" }, "a remote type"],
    [{ name: "x", type: "fs" }, "no path"],
    [{ name: "x", type: "fs", config: '{"path":3}' }, "no text"],
    [{ name: "x", type: "fs", config: '{"path":"data"}' }, "not absolute"],
    [{ name: "x", type: "fs", config: '{"path":"/proc/none"}' }, "cannot be made"],
    [{ name: "x", type: "fs", config: "x" }, "no JSON"],
  ];
  for (const [body, because] of rows) assert.equal((await fresh.call("POST", local, body)).status, 400, because);
});

test("a folder that vanished shows in the status", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.addStores();
  assert.equal((await fresh.call("GET", `${local}/local/status`)).object.status, "healthy");
  rmSync(`${fresh.folder}/block`, { recursive: true });
  const { object } = await fresh.call("GET", `${local}/local/status`);
  assert.deepEqual([object.status, object.message], ["unhealthy", "configured path does not exist"]);
  assert.equal((await fresh.call("GET", `${local}/local/health`)).object.healthy, false);
});

test("what an S3 store must have, and may not have", async (t) => {
  const fresh = await doubleFor(t, { network: publicNetwork });
  const rows: readonly (readonly [config: object, status: number, because: string])[] = [
    [{ bucket: "" }, 400, "no bucket"],
    [{ access_key_id: undefined }, 400, "no key"],
    [{ secret_access_key: 5 }, 400, "the secret is no text"],
    [{ compression: "zstd" }, 400, "compression is no object"],
    [{ compression: { algo: "gzip" } }, 400, "no such compression"],
    [{ parallel_uploads: "3" }, 400, "uploads are no number"],
    [{ parallel_uploads: 257 }, 400, "too many uploads"],
    [{ endpoint: "ftp://s3.example.com" }, 400, "no HTTP"],
    [{ endpoint: "https://s3.example.com", compression: { algo: "lz4" }, parallel_uploads: 256 }, 201, "all in order"],
  ];
  for (const [config, status, because] of rows)
    assert.equal((await fresh.call("POST", remote, s3(config))).status, status, because);
});

test("an endpoint must resolve, and to a public address unless others are allowed", async (t) => {
  const addresses: Readonly<Record<string, string>> = {
    inner: "10.0.0.1",
    metadata: "169.254.169.254",
    outer: "203.0.113.7",
  };
  const resolve = async (host: string): Promise<readonly string[]> => {
    const address = addresses[host];
    if (address === undefined) throw new Error("no such host");
    return [address];
  };
  const fresh = await doubleFor(t, { network: { resolve, dial: async () => true } });
  const rows: readonly (readonly [endpoint: string, allowed: unknown, status: number, because: string])[] = [
    ["http://nowhere:9000", true, 400, "does not resolve"],
    ["http://inner:9000", undefined, 400, "an inner address"],
    ["http://inner:9000", "true", 400, "a text is not permission"],
    ["http://metadata", true, 400, "the metadata service is never allowed"],
    ["http://127.0.0.1:9", undefined, 400, "loopback"],
    ["http://inner:9000", true, 201, "an inner address, allowed"],
  ];
  for (const [endpoint, allow_private_endpoint, status, because] of rows)
    assert.equal((await fresh.call("POST", remote, s3({ endpoint, allow_private_endpoint }))).status, status, because);
  assert.equal((await fresh.call("PUT", `${remote}/r`, { config: s3Text({ endpoint: "https://outer" }) })).status, 200);
});

function s3Text(config: object): string {
  return JSON.stringify({ ...keys, ...config });
}

test("no connection is tried before a store is created: an unreachable one is made and unhealthy", async (t) => {
  const fresh = await doubleFor(t);
  for (const [host, healthy] of [
    ["s3.invalid", true],
    ["unreachable.invalid", false],
    ["denied.invalid", false],
  ] as const) {
    // the fates by host
    const body = { name: host, type: "s3", config: s3Text({ endpoint: `http://${host}` }) };
    const { status, object } = await fresh.call("POST", remote, body);
    assert.equal(status, 201);
    assert.match(JSON.stringify(object.status), healthy ? /"status":"healthy"/ : /"status":"unhealthy"/, host);
  }
});

test("keys are hidden, and an update keeps those that are echoed", async (t) => {
  const fresh = await doubleFor(t, { network: publicNetwork });
  const made = await fresh.call("POST", remote, s3({ endpoint: "https://h" }));
  const config = made.object.config;
  assert.deepEqual(config, { bucket: "b", access_key_id: "AK", secret_access_key: "********", endpoint: "https://h" });
  const changed = { ...Object(config), prefix: "p/" };
  assert.equal((await fresh.call("PUT", `${remote}/r`, { config: JSON.stringify(changed) })).status, 200);
  assert.match(fresh.double.state.database.blockStores[0]?.config ?? "", /"secret_access_key":"SK"/);
});

test("a store in use cannot be deleted, and an unknown one not found", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.addStores();
  await fresh.addShare("export");
  assert.equal((await fresh.call("DELETE", `${local}/local`)).status, 409);
  await fresh.call("DELETE", "/api/v1/shares/export");
  assert.equal((await fresh.call("DELETE", `${local}/local`)).status, 204);
  for (const [method, path] of [
    ["DELETE", ""],
    ["GET", ""],
    ["GET", "/status"],
    ["GET", "/health"],
  ])
    assert.equal((await fresh.call(method ?? "", `${local}/local${path}`)).status, 404, `${method} ${path}`);
});

test("the list has five seconds for all: a store after a dead one is called dead unseen (section 3.7)", async (t) => {
  const fresh = await doubleFor(t);
  for (const [name, host] of [
    ["dead", "unreachable.invalid"],
    ["well", "s3.invalid"],
  ] as const)
    await fresh.call("POST", remote, { ...s3({ endpoint: `https://${host}` }), name });
  const statuses = (await fresh.call("GET", remote)).list.map(({ status }) => status);
  assert.partialDeepStrictEqual(statuses, [{ status: "unhealthy" }, { status: "unhealthy" }]);
  assert.equal((await fresh.call("GET", `${remote}/well/status`)).object.status, "healthy");
});

test("encryption is looked at when a share is loaded, and never when a store is made (section 4.3)", async (t) => {
  const fresh = await doubleFor(t, { network: publicNetwork, env: { DITTOFS_ENCRYPTION_PASSPHRASE: "word" } });
  await fresh.addStores();
  const file = `${fresh.folder}/key.pem`;
  writeFileSync(file, "-----BEGIN DITTOFS ENCRYPTED MASTER KEY-----\n");
  const rows: readonly (readonly [encryption: unknown, loads: boolean])[] = [
    [{ aead: "aes-256-gcm", key: { kind: "local", file } }, true],
    [{ key: { kind: "local", file } }, true],
    [{ aead: "rot13", key: { kind: "local", file } }, false],
    [{ key: { kind: "local", file: `${file}.none` } }, false],
    [{ key: { kind: "local" } }, false],
    [{}, false],
    ["on", false],
  ];
  for (const [at, [encryption, loads]] of rows.entries()) {
    const config = s3Text({ endpoint: "https://s3.invalid", encryption });
    assert.equal((await fresh.call("POST", remote, { name: `r${at}`, type: "s3", config })).status, 201);
    const made = await fresh.addShare(`s${at}`, { remote_block_store: `r${at}` });
    assert.equal(made.status, 201);
    assert.equal(fresh.double.state.shares.get(`/s${at}`) !== undefined, loads, JSON.stringify(encryption));
  }
  await fresh.restart({ env: { ...fresh.options.env, DITTOFS_ENCRYPTION_PASSPHRASE: "" } });
  assert.equal(fresh.double.state.shares.size, 0, "without the passphrase none is loaded");
});
