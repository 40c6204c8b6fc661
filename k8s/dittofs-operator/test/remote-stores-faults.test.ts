import assert from "node:assert/strict";
import { test } from "node:test";
import type { FaultKind } from "../double/start-double.ts";
import type { DittoServer } from "../src/api/ditto-server.ts";
import { aServer } from "../src/domain/testing/a-server.ts";
import { assertAtRest } from "./provisioning/assert-at-rest.ts";
import { DoubleProvisioning } from "./provisioning/double-provisioning.ts";
import { endpointsOf, everyFault, faultForOnePass, isConverged, longPauseMs } from "./provisioning/fault-trials.ts";

function withBucket(region: string): DittoServer {
  const s3 = { bucket: "files", endpoint: "https://s3.invalid", region, credentialsSecretRef: { name: "keys" } };
  const remote = [{ name: "offsite", type: "s3", s3 }] as const;
  return aServer({ stores: { remote }, shares: [{ name: "/a", remoteStore: "offsite" }, { name: "/b" }] });
}

type Situation = { readonly name: string; readonly from?: DittoServer; readonly to: DittoServer };

const situations: readonly Situation[] = [
  { name: "create", to: withBucket("eu-west-1") },
  { name: "change", from: withBucket("eu-west-1"), to: withBucket("eu-west-2") },
  { name: "idle", from: withBucket("eu-west-1"), to: withBucket("eu-west-1") },
];

async function prepared({ from }: Situation): Promise<DoubleProvisioning> {
  const at = await DoubleProvisioning.startInProcess();
  at.setStoreKeys("offsite", "AK1", "very-secret");
  if (from !== undefined) assert.ok(isConverged(await at.pass(from)));
  await at.clock.advance(longPauseMs);
  return at;
}

async function faultThenHealth(
  situation: Situation,
  where: string,
  fault: FaultKind,
): Promise<{ readonly passes: number }> {
  const at = await prepared(situation);
  try {
    const { seen, requests } = await faultForOnePass(at, { server: situation.to, where, fault, more: 2 });
    assert.equal(
      requests.some(({ method }) => method === "DELETE"),
      false,
      "nothing is taken back",
    );
    const { blockStores, shares } = at.fresh.double.state.database;
    const remote = blockStores.filter(({ kind }) => kind === "remote");
    assert.deepEqual(
      remote.map(({ name }) => name),
      ["offsite"],
      "the store is there once",
    );
    assert.match(remote[0]?.config ?? "", new RegExp(`"secret_access_key":"very-secret"`));
    assert.match(remote[0]?.config ?? "", new RegExp(situation.to === situations[1]?.to ? "eu-west-2" : "eu-west-1"));
    const onRemote = shares.map(({ name, remoteBlockStoreId }) => [name, remoteBlockStoreId === remote[0]?.id]);
    assert.deepEqual(Object.fromEntries(onRemote), { "/a": true, "/b": false });
    assert.doesNotMatch(JSON.stringify(seen), /very-secret|eyJ/);
    await assertAtRest(at, situation.to);
    return { passes: seen.length };
  } finally {
    await at.fresh.end();
  }
}

for (const situation of situations) {
  test(`remote stores, ${situation.name}: whatever one endpoint does for a pass, nothing is lost and it converges`, {
    timeout: 110_000,
  }, async (context) => {
    const endpoints = await endpointsOf(await prepared(situation), situation.to);
    const ofStores = endpoints.filter((each) => /remote|shares/.test(each));
    await everyFault(context, ofStores, async (where, fault) => await faultThenHealth(situation, where, fault));
  });
}
