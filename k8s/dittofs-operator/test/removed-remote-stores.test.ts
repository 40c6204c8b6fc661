import assert from "node:assert/strict";
import { test } from "node:test";
import type { DittoServerSpec } from "../src/api/ditto-server.ts";
import type { DittoFsAnswered } from "../src/domain/dittofs-seen.ts";
import { DoubleProvisioning } from "./provisioning/double-provisioning.ts";
import { Remembering } from "./provisioning/remembering.ts";

const limits = { timeout: 60_000 };
const s3 = (bucket: string) => ({
  bucket,
  endpoint: "https://s3.invalid",
  credentialsSecretRef: { name: "keys" },
});
const stores = { remote: [{ name: "offsite", type: "s3" as const, s3: s3("files") }] };
const deletionPolicy = "Delete";
const onBucket: Partial<DittoServerSpec> = { deletionPolicy, stores, shares: [{ name: "/a", remoteStore: "offsite" }] };
const gone: Partial<DittoServerSpec> = { deletionPolicy, shares: [] };

async function withDouble(work: (remembering: Remembering) => Promise<void>): Promise<void> {
  const at = await DoubleProvisioning.start();
  at.setStoreKeys("offsite", "AK1", "SK1");
  try {
    await work(new Remembering(at));
  } finally {
    await at.fresh.end();
  }
}

const remoteStores = async ({ at }: Remembering): Promise<readonly unknown[]> =>
  (await at.fresh.call("GET", "/api/v1/store/block/remote")).list.map(({ name }) => name);
const resultOf = ({ outcomes }: DittoFsAnswered, name: string) => outcomes.find((each) => each.name === name)?.result;

test(
  "a share on a bucket goes once all of it is uploaded, and its store after it; the bucket keeps its objects",
  limits,
  () =>
    withDouble(async (it) => {
      await it.pass(onBucket);
      const share = it.at.fresh.double.state.shares.get("/a");
      assert.ok(share);
      share.unsyncedBytes = 5_000_000;
      assert.deepEqual(await it.writes(gone), ["POST /api/v1/shares/a/disable"]);
      const waiting = await it.pass(gone);
      assert.deepEqual(resultOf(waiting, "/a"), {
        kind: "failed",
        message: "Share /a is disabled, and removed once all of it is uploaded to remote store offsite.",
      });
      share.unsyncedBytes = 0;
      assert.deepEqual(await it.writes(gone), [
        "DELETE /api/v1/shares/a",
        "DELETE /api/v1/store/metadata/default",
        "DELETE /api/v1/store/block/local/default",
        "DELETE /api/v1/store/block/remote/offsite",
      ]);
      assert.deepEqual(await it.writes(gone), []);
      const { requests } = await it.at.requestsOf(() => it.pass(gone));
      assert.ok(
        requests.every(({ path }) => !path.includes("/remote")),
        "and nobody looks for it any more",
      );
    }),
);

test("a store that leaves the spec after its share goes too, and one that another share is on stays", limits, () =>
  withDouble(async (it) => {
    await it.pass(onBucket);
    await it.pass({ deletionPolicy, stores, shares: [] });
    assert.deepEqual(await remoteStores(it), ["offsite"], "the spec still names it");
    await it.at.fresh.addStores();
    await it.at.fresh.addShare("by-hand", { remote_block_store: "offsite" });
    assert.deepEqual(await it.writes(gone), []);
    await it.at.fresh.call("DELETE", "/api/v1/shares/by-hand");
    it.killOperator();
    assert.deepEqual(await it.writes(gone), ["DELETE /api/v1/store/block/remote/offsite"]);
  }),
);

test(
  "under Retain a store that leaves the spec stays, as its share does, and one made by hand under any policy",
  limits,
  () =>
    withDouble(async (it) => {
      const config = JSON.stringify({});
      await it.at.fresh.call("POST", "/api/v1/store/block/remote", { name: "by-hand", type: "memory", config });
      await it.pass({ ...onBucket, deletionPolicy: "Retain" });
      assert.deepEqual(await it.writes({ shares: [] }), ["POST /api/v1/shares/a/disable"]);
      assert.deepEqual(await it.writes(gone), []);
      assert.deepEqual(await remoteStores(it), ["by-hand", "offsite"]);
    }),
);

test("a share whose bucket does not answer is left as it is until that does", limits, () =>
  withDouble(async (it) => {
    await it.pass(onBucket);
    const dead = { ...s3("files"), endpoint: "https://unreachable.invalid" };
    await it.pass({ ...onBucket, stores: { remote: [{ name: "offsite", type: "s3", s3: dead }] } });
    const seen = await it.pass(gone);
    assert.deepEqual(resultOf(seen, "/a"), {
      kind: "failed",
      message: "Share /a is removed when remote store offsite answers and has everything.",
    });
    const [row] = it.at.fresh.double.state.database.blockStores.filter(({ name }) => name === "offsite");
    assert.ok(row);
    row.config = row.config.replace("unreachable.invalid", "s3.invalid");
    // What is known of a store is a look old, and that goes on beside the passes.
    for (let passes = 0; passes < 5 && (await remoteStores(it)).length > 0; passes += 1) await it.pass(gone);
    assert.deepEqual(await remoteStores(it), []);
  }),
);
