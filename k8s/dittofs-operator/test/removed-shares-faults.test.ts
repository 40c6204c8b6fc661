import assert from "node:assert/strict";
import { test } from "node:test";
import type { FaultKind } from "../double/start-double.ts";
import type { DittoServer, DittoServerSpec } from "../src/api/ditto-server.ts";
import { aServer } from "../src/domain/testing/a-server.ts";
import { DoubleProvisioning, writesAmong } from "./provisioning/double-provisioning.ts";
import { endpointsOf, everyFault, faultForOnePass, isConverged, longPauseMs } from "./provisioning/fault-trials.ts";

const storage = { metadataSize: "5Gi", contentSize: "20Gi", accessMode: "ReadWriteOnce" } as const;
const s3 = { bucket: "files", endpoint: "https://s3.invalid", credentialsSecretRef: { name: "keys" } };
const remote = [{ name: "offsite", type: "s3", s3 }] as const;
const withPolicy = (deletionPolicy: "Retain" | "Delete", spec: Partial<DittoServerSpec> = {}): DittoServer =>
  aServer({ storage, deletionPolicy, ...spec });
const shares = [{ name: "/a", remoteStore: "offsite" }, { name: "/b" }];

type Situation = {
  readonly name: string;
  readonly from: DittoServer;
  readonly to: DittoServer;
  /** What is left on the server, beside what was made by hand. */
  readonly left: { readonly shares: readonly string[]; readonly stores: readonly string[] };
};

const situations: readonly Situation[] = [
  {
    name: "removal under Delete",
    from: withPolicy("Delete", { stores: { remote }, shares }),
    to: withPolicy("Delete", { shares: [] }),
    left: { shares: [], stores: [] },
  },
  {
    name: "removal of one of two under Delete",
    from: withPolicy("Delete", { stores: { remote }, shares }),
    to: withPolicy("Delete", { shares: [{ name: "/b" }] }),
    left: { shares: ["/b enabled"], stores: ["default", "default"] },
  },
  {
    name: "leaving under Retain",
    from: withPolicy("Retain", { stores: { remote }, shares }),
    to: withPolicy("Retain", { shares: [] }),
    left: { shares: ["/a disabled", "/b disabled"], stores: ["default", "default", "offsite"] },
  },
];

async function prepared({ from }: Situation): Promise<DoubleProvisioning> {
  const at = await DoubleProvisioning.start();
  at.setStoreKeys("offsite", "AK1", "SK1");
  for (const path of ["/api/v1/store/metadata", "/api/v1/store/block/local", "/api/v1/store/block/remote"])
    await at.fresh.call("POST", path, { name: "hand", type: "memory", config: "{}" });
  const byHand = { name: "/by-hand", metadata_store_id: "hand", local_block_store: "hand", read_only: true };
  await at.fresh.call("POST", "/api/v1/shares", byHand);
  assert.ok(isConverged(await at.pass(from)));
  await at.clock.advance(longPauseMs);
  return at;
}

function leftOn({ fresh }: DoubleProvisioning): Situation["left"] & { readonly byHand: number } {
  const { metadataStores, blockStores, shares: rows } = fresh.double.state.database;
  const stores = [...metadataStores, ...blockStores].map(({ name }) => name);
  const isByHand = (name: string): boolean => name.includes("hand");
  return {
    shares: rows
      .filter(({ name }) => !isByHand(name))
      .map(({ name, enabled }) => `${name} ${enabled ? "enabled" : "disabled"}`)
      .toSorted(),
    stores: stores.filter((name) => !isByHand(name)).toSorted(),
    byHand: [...stores, ...rows.map(({ name }) => name)].filter(isByHand).length,
  };
}

async function faultThenHealth(situation: Situation, where: string, fault: FaultKind) {
  const at = await prepared(situation);
  try {
    const { seen } = await faultForOnePass(at, { server: situation.to, where, fault, more: 2 });
    assert.deepEqual(leftOn(at), { ...situation.left, byHand: 4 });
    const rest = await at.requestsOf(() => at.pass(situation.to));
    assert.deepEqual(writesAmong(rest.requests), [], "then it is at rest");
    assert.ok(rest.requests.length <= 8);
    return { passes: seen.length };
  } finally {
    await at.fresh.end();
  }
}

for (const situation of situations) {
  test(`${situation.name}: whatever one endpoint does for a pass, what leaves goes, and nothing else`, {
    timeout: 400_000,
  }, async (context) => {
    const endpoints = await endpointsOf(await prepared(situation), situation.to);
    const ofRemoval = endpoints.filter((each) => /shares|store\//.test(each));
    await everyFault(context, ofRemoval, (where, fault) => faultThenHealth(situation, where, fault));
  });
}
