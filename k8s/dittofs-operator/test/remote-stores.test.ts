import assert from "node:assert/strict";
import { test } from "node:test";
import type { DittoServerSpec, RemoteStoreSpec } from "../src/api/ditto-server.ts";
import { aServer } from "../src/domain/testing/a-server.ts";
import { DoubleProvisioning, writesAmong } from "./provisioning/double-provisioning.ts";

const storage = { metadataSize: "5Gi", contentSize: "20Gi", accessMode: "ReadWriteOnce" } as const;
type S3 = NonNullable<RemoteStoreSpec["s3"]>;

function withBucket(
  s3: Partial<S3> = {},
  shares: DittoServerSpec["shares"] = [{ name: "/team", remoteStore: "offsite" }],
) {
  const bucket = { bucket: "files", endpoint: "https://s3.invalid", credentialsSecretRef: { name: "keys" }, ...s3 };
  return aServer({ storage, stores: { remote: [{ name: "offsite", type: "s3", s3: bucket }] }, shares });
}

const limits = { timeout: 30_000 };

async function withDouble(work: (at: DoubleProvisioning) => Promise<void>): Promise<void> {
  const at = await DoubleProvisioning.start();
  at.setStoreKeys("offsite", "AK1", "SK1");
  try {
    await work(at);
  } finally {
    await at.fresh.end();
  }
}

test(
  "a bucket and a share on it are there after one pass, and the next one changes nothing",
  limits,
  async () =>
    await withDouble(async (at) => {
      const server = withBucket({}, [
        { name: "/team", remoteStore: "offsite", retention: { policy: "ttl", ttl: "90m" } },
      ]);
      const seen = await at.pass(server);
      assert.ok(seen.kind === "answered" && seen.outcomes.every(({ result }) => result.kind !== "failed"));
      assert.partialDeepStrictEqual((await at.fresh.call("GET", "/api/v1/store/block/remote/offsite")).body, {
        type: "s3",
        config: { bucket: "files", access_key_id: "AK1", secret_access_key: "********" },
      });
      assert.partialDeepStrictEqual((await at.fresh.call("GET", "/api/v1/shares/team")).body, {
        retention_policy: "ttl",
        retention_ttl: "1h30m0s",
      });
      const { requests } = await at.requestsOf(() => at.pass(server));
      assert.deepEqual(writesAmong(requests), []);
      assert.ok(requests.length <= 8);
    }),
);

test(
  "a region that was changed by hand is put back, and what was set beside it stays",
  limits,
  async () =>
    await withDouble(async (at) => {
      const server = withBucket({ region: "eu-west-1" });
      await at.pass(server);
      const byHand = { bucket: "files", endpoint: "https://s3.invalid", region: "x", durable: false };
      const config = JSON.stringify({ ...byHand, access_key_id: "AK1", secret_access_key: "********" });
      await at.fresh.call("PUT", "/api/v1/store/block/remote/offsite", { type: "s3", config });
      await at.pass(server);
      assert.partialDeepStrictEqual((await at.fresh.call("GET", "/api/v1/store/block/remote/offsite")).body, {
        config: { region: "eu-west-1", durable: false },
      });
    }),
);

test(
  "an address inside the cluster is refused with the field that allows it, and taken with that",
  { timeout: 30_000 },
  () =>
    withDouble(async (at) => {
      const refused = await at.pass(withBucket({ endpoint: "http://10.0.0.1:9000" }));
      assert.ok(refused.kind === "answered");
      const [store] = refused.outcomes.filter(({ family }) => family === "remoteStore");
      assert.ok(store?.result.kind === "failed");
      assert.match(
        store.result.message,
        /^Remote store offsite: the server answers 400 .*unsafe endpoint.*allowPrivateEndpoint: true/,
      );
      assert.equal(store.result.message.includes("SK1"), false);
      assert.deepEqual((await at.fresh.call("GET", "/api/v1/shares")).body, []);
    }),
);

test(
  "a bucket that cannot be reached holds up its own share only, until it can be",
  limits,
  async () =>
    await withDouble(async (at) => {
      const shares = [{ name: "/team", remoteStore: "offsite" }, { name: "/local" }];
      const dead = withBucket({ endpoint: "https://unreachable.invalid" }, shares);
      const seen = await at.pass(dead);
      assert.ok(seen.kind === "answered");
      assert.deepEqual(seen.deadStores, [
        { name: "offsite", message: "S3 connectivity check failed", shares: ["/team"] },
      ]);
      assert.deepEqual(
        (await at.fresh.call("GET", "/api/v1/shares")).list.map(({ name }) => name),
        ["/local"],
      );
      const { requests } = await at.requestsOf(() => at.pass(dead));
      assert.deepEqual(writesAmong(requests), []);
      assert.equal(
        requests.some(({ method, path }) => `${method} ${path}` === "GET /api/v1/shares"),
        false,
      );

      await at.pass(withBucket({}, shares));
      await at.pass(withBucket({}, shares));
      assert.equal((await at.fresh.call("GET", "/api/v1/shares")).list.length, 2);
    }),
);
