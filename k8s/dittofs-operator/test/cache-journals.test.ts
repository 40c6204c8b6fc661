import assert from "node:assert/strict";
import { test } from "node:test";
import { freshConfig } from "../double/fresh-double.ts";
import type { DittoServerSpec } from "../src/api/ditto-server.ts";
import { DoubleProvisioning } from "./provisioning/double-provisioning.ts";
import { Remembering } from "./provisioning/remembering.ts";

const accessMode = "ReadWriteOnce" as const;
const onContent = { metadataSize: "5Gi", contentSize: "20Gi", accessMode };
const onBoth = { ...onContent, cacheSize: "10Gi" };
const s3 = { bucket: "files", endpoint: "https://s3.invalid", credentialsSecretRef: { name: "keys" } };
const stores = { remote: [{ name: "offsite", type: "s3" as const, s3 }] };
const old = { name: "/old", remoteStore: "offsite" };
const spec = (storage: NonNullable<DittoServerSpec["storage"]>, ...shares: NonNullable<DittoServerSpec["shares"]>) => ({
  storage,
  stores,
  shares,
});

/** Where each share has its journal, by the path of its local store. */
async function journals({ at }: Remembering): Promise<Readonly<Record<string, string>>> {
  const { list: locals } = await at.fresh.call("GET", "/api/v1/store/block/local");
  const { list: shares } = await at.fresh.call("GET", "/api/v1/shares");
  const paths = new Map(locals.map(({ id, config }) => [id, JSON.stringify(config).replaceAll(at.fresh.folder, "")]));
  return Object.fromEntries(shares.map((share) => [share["name"], paths.get(share["local_block_store_id"])]));
}

test("a share that uploads keeps its journal where it was made, also when the server forgets it", {
  timeout: 60_000,
}, async () => {
  const at = await DoubleProvisioning.start();
  at.setStoreKeys("offsite", "AK1", "SK1");
  try {
    const it = new Remembering(at);
    await it.pass(spec(onContent, old));
    const grown = spec(onBoth, old, { name: "/new", remoteStore: "offsite" }, { name: "/local" });
    await it.pass(grown);
    const places = {
      "/old": '{"path":"/data/store/block"}',
      "/new": '{"path":"/data/store/cache/default-cache"}',
      "/local": '{"path":"/data/store/block"}',
    };
    assert.deepEqual(await journals(it), places);
    assert.deepEqual(await it.writes(grown), []);

    it.killOperator();
    const path = `${at.fresh.folder}/controlplane/another.db`;
    await it.restart({ config: freshConfig(at.fresh.folder, { database: { sqlite: { path } } }) });
    await it.pass(grown);
    assert.deepEqual(await journals(it), places);
  } finally {
    await at.fresh.end();
  }
});
