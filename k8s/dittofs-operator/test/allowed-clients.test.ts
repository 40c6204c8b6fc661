import assert from "node:assert/strict";
import { test } from "node:test";
import { aServer } from "../src/domain/testing/a-server.ts";
import { DoubleProvisioning, writesAmong } from "./provisioning/double-provisioning.ts";

const storage = { metadataSize: "5Gi", contentSize: "20Gi", accessMode: "ReadWriteOnce" } as const;
const server = (allowedClients?: readonly string[]) =>
  aServer({ storage, shares: [{ name: "/a", nfs: allowedClients === undefined ? {} : { allowedClients } }] });
const netgroups = "/api/v1/adapters/nfs/netgroups";

async function withDouble(work: (at: DoubleProvisioning) => Promise<void>): Promise<void> {
  const at = await DoubleProvisioning.start();
  try {
    await work(at);
  } finally {
    await at.fresh.end();
  }
}

async function members(at: DoubleProvisioning): Promise<readonly string[]> {
  const { body } = await at.fresh.call("GET", netgroups);
  const groups = body as readonly { readonly members?: readonly { readonly value: string }[] }[]; // netgroups
  return groups.flatMap((group) => (group.members ?? []).map(({ value }) => value));
}

async function named(at: DoubleProvisioning): Promise<unknown> {
  const { body } = await at.fresh.call("GET", "/api/v1/shares/a/adapters/nfs/config");
  return (body as { readonly netgroup: string }).netgroup; // NFS settings
}

async function writes(at: DoubleProvisioning, clients?: readonly string[]): Promise<number> {
  const { result, requests } = await at.requestsOf(() => at.pass(server(clients)));
  assert.ok(result.kind === "answered" && result.outcomes.every((each) => each.result.kind !== "failed"));
  return writesAmong(requests).length;
}

test(
  "allowed clients of a share are kept as the spec says, in a netgroup that goes with them",
  { timeout: 60_000 },
  () =>
    withDouble(async (at) => {
      await at.pass(server(["10.0.0.0/8", "192.0.2.7/32"]));
      assert.deepEqual(await members(at), ["10.0.0.0/8", "192.0.2.7/32"]);
      assert.equal(await named(at), "operator~a");
      assert.equal(await writes(at, ["192.0.2.7/32", "10.0.0.0/8"]), 0);

      assert.equal(await writes(at, ["192.0.2.7/32", "198.51.100.0/24"]), 2);
      assert.deepEqual(await members(at), ["192.0.2.7/32", "198.51.100.0/24"]);

      at.sessions.forget(server().metadata.uid);
      await at.pass(server());
      await at.pass(server());
      assert.deepEqual((await at.fresh.call("GET", netgroups)).body, []);
      assert.equal(await named(at), "");
      assert.equal(await writes(at), 0);
    }),
);

test(
  "what was done by hand to the clients of a share is put back, and a netgroup of somebody else's stays",
  {
    timeout: 60_000,
  },
  () =>
    withDouble(async (at) => {
      const clients = ["10.0.0.0/8"];
      await at.pass(server(clients));
      await at.fresh.call("POST", `${netgroups}/operator~a/members`, { type: "cidr", value: "10.0.0.0/8" });
      await at.fresh.call("POST", `${netgroups}/operator~a/members`, { type: "cidr", value: "0.0.0.0/0" });
      await at.fresh.call("PATCH", "/api/v1/shares/a/adapters/nfs/config", { netgroup: "" });
      for (let pass = 0; pass < 2; pass += 1) await at.pass(server(clients));
      assert.deepEqual(await members(at), clients);
      assert.equal(await named(at), "operator~a");

      await at.pass(server());
      await at.fresh.call("POST", netgroups, { name: "by-hand" });
      await at.fresh.call("PATCH", "/api/v1/shares/a/adapters/nfs/config", { netgroup: "by-hand" });
      for (let pass = 0; pass < 3; pass += 1) await at.pass(server());
      assert.equal(await named(at), "by-hand");
    }),
);

test("netgroups that cannot be read are a problem of the shares that need them", { timeout: 60_000 }, () =>
  withDouble(async (at) => {
    await at.pass(server(["10.0.0.0/8"]));
    at.sessions.forget(server().metadata.uid);
    at.fresh.double.faults.set(`GET ${netgroups}`, { fault: "500", times: 1 });
    const seen = await at.pass(server(["10.0.0.0/8"]));
    assert.ok(seen.kind === "answered");
    const result = seen.outcomes.find(({ family }) => family === "share")?.result;
    assert.match(result?.kind === "failed" ? result.message : "", /^The allowed clients of share \/a cannot be read/);
    assert.equal(await writes(at, ["10.0.0.0/8"]), 0);
  }),
);
