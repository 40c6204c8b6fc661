import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { aServer } from "../src/domain/testing/a-server.ts";
import { DoubleProvisioning, writesAmong } from "./provisioning/double-provisioning.ts";

const storage = { metadataSize: "5Gi", contentSize: "20Gi", accessMode: "ReadWriteOnce" } as const;
const server = aServer({
  storage,
  shares: [
    { name: "/export", defaultPermission: "read-write" },
    { name: "/quiet", enabled: false, nfs: { squash: "all_to_guest" }, localStoreSize: "1500Mi" },
  ],
});

describe("a DittoFS server over the wire", { timeout: 60_000 }, () => {
  let at: DoubleProvisioning;
  before(async () => {
    at = await DoubleProvisioning.start();
  });
  after(() => at.fresh.end());

  test("is brought to what the spec asks in one pass, and really serves", async () => {
    const seen = await at.pass(server);
    assert.ok(seen.kind === "answered");
    assert.deepEqual(
      seen.outcomes.map(({ family, name, result }) => [family, name, result.kind]),
      [
        ["adapter", "nfs", "asWanted"],
        ["adapter", "smb", "changed"],
        ["metadataStore", "default", "changed"],
        ["localStore", "default", "changed"],
        ["share", "/export", "changed"],
        ["share", "/quiet", "changed"],
      ],
    );
    assert.deepEqual(
      seen.adapters.map(({ type, port, isServing }) => [type, port, isServing]),
      [
        ["nfs", 12_049, true],
        ["smb", 12_445, true],
      ],
    );
    assert.deepEqual(seen.shares, [
      { name: "/export", isServing: true, message: "" },
      { name: "/quiet", isServing: false, message: "it is disabled." },
    ]);
  });

  test("shows the shares as the spec asks for them", async () => {
    const shown = async (path: string) => (await at.fresh.call("GET", path)).body;
    assert.partialDeepStrictEqual(await shown("/api/v1/shares/export"), {
      enabled: true,
      read_only: false,
      default_permission: "read-write",
      local_store_size: "8.50GiB",
    });
    assert.partialDeepStrictEqual(await shown("/api/v1/shares/quiet"), {
      enabled: false,
      default_permission: "none",
      local_store_size: "1.46GiB",
    });
    assert.partialDeepStrictEqual(await shown("/api/v1/shares/quiet/adapters/nfs/config"), { squash: "all_to_guest" });
  });

  test("costs eight reads at most and nothing else once it is as wanted", async () => {
    for (let pass = 0; pass < 3; pass += 1) {
      const { requests } = await at.requestsOf(() => at.pass(server));
      assert.ok(requests.length <= 8);
      assert.ok(requests.every(({ method, status }) => method === "GET" && status === 200));
    }
  });

  test("costs nothing more after it was restarted, and neither after the operator was", async () => {
    await at.fresh.restart();
    at.sessions.forget(server.metadata.uid);
    const { result, requests } = await at.requestsOf(() => at.pass(server));
    assert.deepEqual(writesAmong(requests), []);
    assert.ok(result.kind === "answered" && result.adapters.every(({ isServing }) => isServing));
  });

  test("keeps the administrator's password when somebody has reset it to the Secret's", async () => {
    await at.fresh.call("POST", "/api/v1/users/admin/password", { new_password: at.password });
    at.sessions.forget(server.metadata.uid);
    assert.equal((await at.pass(server)).kind, "answered");
    assert.notEqual(await at.fresh.login("admin", at.password), "");
  });

  test("a share that it stores and cannot load says so, and the others are served", async () => {
    const [first] = server.spec.shares ?? [];
    assert.ok(first);
    const seen = await at.pass(aServer({ storage, shares: [first, { name: "/a:b" }] }));
    assert.ok(seen.kind === "answered");
    assert.deepEqual(
      seen.shares.map(({ isServing }) => isServing),
      [true, false],
    );
    assert.match(seen.shares[1]?.message ?? "", /could not load it and reports unknown/);
  });
});

test("a server that answers 400 for a badger store that it has, as its list is empty too early, is as wanted in the end", {
  timeout: 60_000,
}, async () => {
  const at = await DoubleProvisioning.start();
  try {
    await at.pass(server);
    at.fresh.double.faults.set("GET /api/v1/store/metadata", { fault: "emptyList", times: 1 });
    const { result, requests } = await at.requestsOf(() => at.pass(server));
    assert.deepEqual(
      writesAmong(requests).map(({ method, path, status }) => [method, path, status]),
      [["POST", "/api/v1/store/metadata", 400]],
    );
    assert.ok(result.kind === "answered" && result.outcomes.every((each) => each.result.kind === "asWanted"));
  } finally {
    await at.fresh.end();
  }
});

test("two hundred shares are there in one pass, each made once", { timeout: 120_000 }, async () => {
  const at = await DoubleProvisioning.start();
  try {
    const shares = Array.from({ length: 200 }, (_, index) => ({ name: `/share-${index}` }));
    const { result, requests } = await at.requestsOf(() => at.pass(aServer({ storage, shares })));
    assert.ok(result.kind === "answered" && result.shares.every(({ isServing }) => isServing));
    assert.equal(requests.filter(({ method, path }) => method === "POST" && path === "/api/v1/shares").length, 200);
  } finally {
    await at.fresh.end();
  }
});
