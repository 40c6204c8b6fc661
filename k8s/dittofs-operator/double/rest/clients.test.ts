import assert from "node:assert/strict";
import { test } from "node:test";
import { doubleFor } from "../fresh-double.ts";

test("clients are listed with protocol and address, those of one protocol on demand (3.17)", async (t) => {
  const fresh = await doubleFor(t);
  fresh.double.state.clients.push(
    { protocol: "nfs", address: "192.0.2.7:901" },
    { protocol: "smb", address: "192.0.2.8:445" },
  );
  const addresses = async (path: string): Promise<unknown> => {
    const { list } = await fresh.call("GET", `/api/v1/${path}`);
    return list.map(({ address }) => address);
  };
  assert.deepEqual(await addresses("clients"), ["192.0.2.7:901", "192.0.2.8:445"]);
  assert.deepEqual(await addresses("clients?protocol=smb"), ["192.0.2.8:445"]);
});

test("nobody mounts a double: its lists are empty and nobody can be disconnected", async (t) => {
  const fresh = await doubleFor(t);
  for (const path of [
    "clients",
    "clients?protocol=nfs&share=/x",
    "mounts",
    "adapters/nfs/mounts",
    "durable-handles",
    "sid-mappings",
  ])
    assert.deepEqual((await fresh.call("GET", `/api/v1/${path}`)).body, [], path);
  for (const path of ["clients/x", "durable-handles/x", "sid-mappings/S-1-5-21-1-2-3-4"])
    assert.equal((await fresh.call("DELETE", `/api/v1/${path}`)).type, "application/problem+json", path);
});

test("grace period, NFS sessions and netlogon have no route, as in the running server", async (t) => {
  const fresh = await doubleFor(t);
  for (const path of ["grace", "adapters/nfs/grace", "adapters/nfs/clients/x/sessions", "netlogon/status"]) {
    const { status, type } = await fresh.call("GET", `/api/v1/${path}`);
    assert.deepEqual([status, type], [404, "text/plain; charset=utf-8"], path);
  }
  assert.equal((await fresh.call("POST", "/api/v1/adapters/nfs/grace/end")).status, 404);
});
