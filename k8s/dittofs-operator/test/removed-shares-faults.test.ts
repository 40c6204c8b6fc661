import assert from "node:assert/strict";
import { test } from "node:test";
import type { FaultKind } from "../double/start-double.ts";
import type { DittoServer, DittoServerSpec, ShareSpec } from "../src/api/ditto-server.ts";
import { aServer } from "../src/domain/testing/a-server.ts";
import { assertAtRest } from "./provisioning/assert-at-rest.ts";
import { DoubleProvisioning, killed } from "./provisioning/double-provisioning.ts";
import { endpointsOf, everyFault, faultForOnePass, isConverged, longPauseMs } from "./provisioning/fault-trials.ts";
import { Remembering } from "./provisioning/remembering.ts";

const storage = { metadataSize: "5Gi", contentSize: "20Gi", accessMode: "ReadWriteOnce" } as const;
const s3 = { bucket: "files", endpoint: "https://s3.invalid", credentialsSecretRef: { name: "keys" } };
const remote = [{ name: "offsite", type: "s3", s3 }] as const;
const withPolicy = (deletionPolicy: "Retain" | "Delete", spec: Partial<DittoServerSpec> = {}): DittoServer =>
  aServer({ storage, deletionPolicy, ...spec });
const nfs: NonNullable<ShareSpec["nfs"]> = { allowedClients: ["192.0.2.0/28"] };
const shares = [
  { name: "/a", remoteStore: "offsite" },
  { name: "/b", nfs },
];

type Situation = {
  readonly name: string;
  readonly from: DittoServer;
  readonly to: DittoServer;
  /** Nothing was made by hand, so that lists become empty. */
  readonly isAlone?: true;
  /** What is left on the server, beside what was made by hand. */
  readonly left: {
    readonly shares: readonly string[];
    readonly stores: readonly string[];
    readonly netgroups: readonly string[];
  };
};

const situations: readonly Situation[] = [
  {
    name: "removal under Delete",
    from: withPolicy("Delete", { stores: { remote }, shares }),
    to: withPolicy("Delete", { shares: [] }),
    left: { shares: [], stores: [], netgroups: [] },
  },
  {
    name: "removal of one of two under Delete",
    from: withPolicy("Delete", { stores: { remote }, shares }),
    to: withPolicy("Delete", { shares: [{ name: "/b", nfs }] }),
    left: { shares: ["/b enabled"], stores: ["default", "default"], netgroups: ["operator~b"] },
  },
  {
    name: "leaving under Retain",
    from: withPolicy("Retain", { stores: { remote }, shares }),
    to: withPolicy("Retain", { shares: [] }),
    left: {
      shares: ["/a disabled", "/b disabled"],
      stores: ["default", "default", "offsite"],
      netgroups: ["operator~b"],
    },
  },
];

async function prepared({ from, isAlone }: Situation): Promise<DoubleProvisioning> {
  const at = await DoubleProvisioning.startInProcess();
  at.setStoreKeys("offsite", "AK1", "SK1");
  if (isAlone !== true) await makeByHand(at);
  assert.ok(isConverged(await at.pass(from)));
  await at.clock.advance(longPauseMs);
  return at;
}

async function makeByHand({ fresh }: DoubleProvisioning): Promise<void> {
  for (const path of ["/api/v1/store/metadata", "/api/v1/store/block/local", "/api/v1/store/block/remote"])
    await fresh.call("POST", path, { name: "hand", type: "memory", config: "{}" });
  const byHand = { name: "/by-hand", metadata_store_id: "hand", local_block_store: "hand", read_only: true };
  await fresh.call("POST", "/api/v1/shares", byHand);
}

function leftOn({ fresh }: DoubleProvisioning): Situation["left"] & { readonly byHand: number } {
  const { metadataStores, blockStores, netgroups, shares: rows } = fresh.double.state.database;
  const stores = [...metadataStores, ...blockStores].map(({ name }) => name);
  const isByHand = (name: string): boolean => name.includes("hand");
  return {
    shares: rows
      .filter(({ name }) => !isByHand(name))
      .map(({ name, enabled }) => `${name} ${enabled ? "enabled" : "disabled"}`)
      .toSorted(),
    stores: stores.filter((name) => !isByHand(name)).toSorted(),
    netgroups: netgroups.map(({ name }) => name),
    byHand: [...stores, ...rows.map(({ name }) => name)].filter(isByHand).length,
  };
}

async function faultThenHealth(situation: Situation, where: string, fault: FaultKind) {
  const at = await prepared(situation);
  try {
    const { seen } = await faultForOnePass(at, { server: situation.to, where, fault, more: 2 });
    assert.deepEqual(leftOn(at), { ...situation.left, byHand: 4 });
    await assertAtRest(at, situation.to);
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
    const ofRemoval = endpoints.filter((each) => /shares|store\/|netgroups/.test(each));
    await everyFault(context, ofRemoval, (where, fault) => faultThenHealth(situation, where, fault));
  });
}

/** An operator that is killed after so many of the writes, and another one that knows only what the status says. */
async function killedAfter(situation: Situation, writes: number): Promise<"killed" | "done"> {
  const at = await prepared(situation);
  try {
    const it = new Remembering(at);
    await it.pass(situation.from.spec);
    at.writesLeft = writes;
    const end = await it.pass(situation.to.spec).then(
      () => "done" as const,
      (error: unknown) => {
        assert.equal(error, killed);
        return "killed" as const;
      },
    );
    at.writesLeft = Number.POSITIVE_INFINITY;
    it.killOperator();
    for (let passes = 0; passes < 3; passes += 1) await it.pass(situation.to.spec);
    assert.deepEqual(leftOn(at), { ...situation.left, byHand: situation.isAlone ? 0 : 4 });
    assert.deepEqual(await it.writes(situation.to.spec), [], "then it is at rest");
    const again = await it.pass(situation.from.spec);
    assert.equal(
      again.outdated !== undefined,
      situation.left.stores.length === 0,
      "a metadata store is not made twice in a process",
    );
    return end;
  } finally {
    await at.fresh.end();
  }
}

const [everything] = situations;
assert.ok(everything);
for (const situation of [
  ...situations,
  { ...everything, name: "removal of all there is under Delete", isAlone: true } as const,
]) {
  test(`${situation.name}: an operator that is killed after any of its writes leaves nothing behind for good`, {
    timeout: 400_000,
  }, async (context) => {
    let writes = 0;
    while ((await killedAfter(situation, writes + 1)) === "killed") writes += 1;
    context.diagnostic(`${writes} writes`);
    assert.ok(writes > 0);
  });
}
