import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { condition } from "../cluster/condition.ts";
import { serverProgram } from "../cluster/server-image.ts";
import { storeCombinations } from "../provisioning/store-combinations.ts";
import { enterInstalledLab, namespace } from "./installed-lab.ts";
import { deadEndpoint, startObjectStore } from "./object-store.ts";
import { recorded } from "./recorded.ts";
import { ServerUnderTest } from "./server-under-test.ts";

const { cluster } = await enterInstalledLab();
const pods = await recorded(cluster, { apiVersion: "v1", kind: "Pod" });
const objectStore = await startObjectStore();
after(() => [pods, objectStore].forEach(({ stop }) => stop()));

const podCount = (name: string): number => new Set(pods.states(`${name}-0`).map(({ metadata }) => metadata.uid)).size;

const putKeys = async (name: string, id: string): Promise<void> => {
  const stringData = { "access-key-id": id, "secret-access-key": `secret of ${id}` };
  await cluster.apply({ apiVersion: "v1", kind: "Secret", metadata: { name, namespace }, stringData });
};

const bucket = (name: string, endpoint: string, secret: string) => ({
  stores: {
    remote: [
      {
        name: "offsite",
        type: "s3",
        s3: {
          bucket: name,
          endpoint,
          allowPrivateEndpoint: true,
          forcePathStyle: true,
          credentialsSecretRef: { name: secret },
        },
      },
    ],
  },
});
const share = (name: string, remoteStore?: string) => ({ name, defaultPermission: "read-write", remoteStore });

describe("a server with a bucket", { concurrency: true }, () => {
  test("waits for its Secret, serves from the bucket, and restarts exactly once for another access key", async () => {
    const server = new ServerUnderTest(cluster, "rotating");
    await server.create();
    await server.change({
      ...bucket("rotating", objectStore.endpoint, "rotating-keys"),
      shares: [share("/team", "offsite")],
    });
    const waiting = await server.untilCondition("Provisioned", "False", "StoreFailed");
    assert.match(
      condition(waiting, "Provisioned")?.message ?? "",
      /Secret rotating-keys with the access key does not exist\. Create it with the keys access-key-id and secret-access-key\./,
    );
    await putKeys("rotating-keys", "AK1");
    await server.untilSettled();
    const first = await server.podUid();
    await putKeys("rotating-keys", "AK2");
    await server.untilRestarted(first);
    await server.change({ adapterServices: { annotations: { "example.com/pool": "one" } } });
    await server.untilSettled();
    assert.equal(podCount("rotating"), 2);
    // The double sends an object store no request.
    if (serverProgram().kind === "dittofs") assert.deepEqual(objectStore.keysSeen("rotating"), ["AK1", "AK2"]);
    const events = await cluster.list({ apiVersion: "events.k8s.io/v1", kind: "Event" }, { namespace });
    const notes = events.flatMap(
      ({ reason, regarding, note }) =>
        reason === "Rollout" && (regarding as { name: string }).name === "rotating" ? [String(note)] : [], // an event's
    );
    assert.match(
      notes.join("\n"),
      /^The file server restarts once, because shares take up the new access key .* of remote store offsite only at a start\.$/,
    );
  });

  test("serves a share of each combination of stores that needs no database", async () => {
    await putKeys("combined-keys", "AK");
    const [store] = bucket("combined", objectStore.endpoint, "combined-keys").stores.remote;
    assert.ok(store);
    const metadata = (["memory", "badger", "sqlite"] as const).map((type) => ({ name: type, type }));
    const server = new ServerUnderTest(cluster, "combined");
    await server.create(storeCombinations(metadata, store.s3));
    const served = await server.servedShares();
    assert.equal(served.filter(({ status }) => status.status === "healthy").length, 18);
    assert.equal(podCount("combined"), 1);
  });

  test("does not get a bucket that an older server has, and is told whose it is", async () => {
    await putKeys("shared-keys", "AK");
    const older = new ServerUnderTest(cluster, "older");
    await older.create({
      ...bucket("shared", objectStore.endpoint, "shared-keys"),
      shares: [share("/team", "offsite")],
    });
    const newer = new ServerUnderTest(cluster, "newer");
    await newer.create();
    await newer.change({
      ...bucket("shared", objectStore.endpoint, "shared-keys"),
      shares: [share("/team", "offsite")],
    });
    const refused = await newer.untilCondition("Provisioned", "False", "StoreFailed");
    assert.match(
      condition(refused, "Provisioned")?.message ?? "",
      /is taken by store offsite of the older DittoServer team\/older/,
    );
  });

  test("whose object store does not answer serves its other shares, and says what is wrong", async () => {
    await putKeys("dead-keys", "AK");
    const server = new ServerUnderTest(cluster, "dead");
    await server.create();
    await server.change({
      ...bucket("dead", deadEndpoint, "dead-keys"),
      shares: [share("/team", "offsite"), share("/local")],
    });
    const degraded = await server.untilCondition("Degraded", "True", "RemoteStoreUnavailable");
    assert.match(
      condition(degraded, "Degraded")?.message ?? "",
      /^Remote store offsite does not answer .* On it: \/team\./,
    );
    const names = (await server.servedShares()).map(({ name }) => name);
    assert.ok(names.includes("/local") && !names.includes("/team"), names.join(", "));
  });
});
