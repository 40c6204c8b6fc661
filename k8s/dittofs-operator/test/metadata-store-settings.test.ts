import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { aServer } from "../src/domain/testing/a-server.ts";
import { DoubleProvisioning, writesAmong } from "./provisioning/double-provisioning.ts";
import { notedPass } from "./provisioning/noted-pass.ts";

const storage = { metadataSize: "5Gi", contentSize: "20Gi", accessMode: "ReadWriteOnce" } as const;
const serverWith = (blockCacheMB?: number) =>
  aServer({
    storage,
    stores: {
      metadata: [
        { name: "papers", type: "sqlite" },
        { name: "fast", type: "badger", ...(blockCacheMB !== undefined && { badger: { blockCacheMB } }) },
      ],
    },
    shares: [
      { name: "/papers", metadataStore: "papers" },
      { name: "/fast", metadataStore: "fast" },
    ],
  });

describe("metadata stores of kinds with files and settings, over the wire", { timeout: 60_000 }, () => {
  let at: DoubleProvisioning;
  const uid = serverWith().metadata.uid;
  const outdated = async (blockCacheMB?: number) => {
    const seen = await notedPass(at, serverWith(blockCacheMB));
    assert.ok(seen.kind === "answered");
    assert.deepEqual(
      seen.outcomes.filter(({ result }) => result.kind === "failed"),
      [],
    );
    return seen.outdated;
  };
  before(async () => {
    at = await DoubleProvisioning.start();
    mkdirSync(`${at.fresh.folder}/data/store/metadata`, { recursive: true });
    at.sessions.seeProcess(uid, "pod-1");
  });
  after(() => at.fresh.end());

  test("are made, and are as wanted without a new start of the process", async () => {
    assert.equal(await outdated(), undefined);
    assert.equal(at.fresh.double.state.shares.size, 2);
    const { requests } = await at.requestsOf(() => outdated());
    assert.deepEqual(writesAmong(requests), []);
  });

  test("a changed setting is told once, and calls for a new start until there is one", async () => {
    const { result, requests } = await at.requestsOf(() => outdated(128));
    assert.match(result ?? "", /settings of metadata store fast/);
    assert.deepEqual(
      writesAmong(requests).map(({ method, path }) => `${method} ${path}`),
      ["PUT /api/v1/store/metadata/fast"],
    );
    assert.match((await outdated(128)) ?? "", /fast/, "nobody has started it again");
    await at.fresh.restart();
    at.sessions.seeProcess(uid, "pod-2");
    assert.equal(await outdated(128), undefined);
    assert.equal(at.fresh.double.state.shares.size, 2, "every store is open after the start");
  });

  test("the earlier spec gives the earlier setting", async () => {
    assert.match((await outdated()) ?? "", /fast/);
    const { body } = await at.fresh.call("GET", "/api/v1/store/metadata/fast");
    assert.partialDeepStrictEqual(body, { config: { block_cache_mb: 0 } });
  });
});
