import assert from "node:assert/strict";
import { test } from "node:test";
import { aServer } from "../src/domain/testing/a-server.ts";
import { DoubleProvisioning, writesAmong } from "./provisioning/double-provisioning.ts";
import { storeCombinations } from "./provisioning/store-combinations.ts";

const storage = { metadataSize: "5Gi", contentSize: "20Gi", accessMode: "ReadWriteOnce" } as const;
const place = { host: "db", port: 5432, database: "files" };
const metadata = [
  { name: "memory", type: "memory" },
  { name: "badger", type: "badger" },
  { name: "sqlite", type: "sqlite" },
  { name: "postgres", type: "postgres", postgres: { secretRef: { name: "pg", key: "uri" }, database: "files" } },
] as const;
const s3 = { bucket: "files", endpoint: "https://s3.invalid", credentialsSecretRef: { name: "keys" } };

test("a share of each combination of metadata, local and remote store is served after one pass, and the next changes nothing", {
  timeout: 60_000,
}, async () => {
  const network = {
    resolve: async () => await Promise.resolve(["10.0.0.1"]),
    dial: async () => await Promise.resolve(true),
  };
  const at = await DoubleProvisioning.start({ network });
  try {
    at.setStorePassword("postgres", place, "password");
    at.setStoreKeys("bucket", "AK", "SK");
    at.storeCredentials = new Map([...at.storeCredentials, ["scratch", { kind: "none" }]]);
    const server = aServer({ storage, ...storeCombinations(metadata, s3) });
    const seen = await at.pass(server);
    assert.ok(seen.kind === "answered");
    assert.equal(seen.shares.length, 24);
    assert.deepEqual(
      seen.shares.filter(({ isServing }) => !isServing),
      [],
    );
    const { requests } = await at.requestsOf(() => at.pass(server));
    assert.deepEqual(writesAmong(requests), []);
  } finally {
    await at.fresh.end();
  }
});
