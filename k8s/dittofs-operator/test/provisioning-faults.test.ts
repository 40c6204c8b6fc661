import assert from "node:assert/strict";
import { test } from "node:test";
import type { FaultKind, RequestRecord } from "../double/start-double.ts";
import type { DittoServer, DittoServerSpec } from "../src/api/ditto-server.ts";
import { aServer } from "../src/domain/testing/a-server.ts";
import { assertAtRest } from "./provisioning/assert-at-rest.ts";
import { DoubleProvisioning, writesAmong } from "./provisioning/double-provisioning.ts";
import { endpointsOf, everyFault, faultForOnePass, isConverged, longPauseMs } from "./provisioning/fault-trials.ts";

const withSpec = (spec: Partial<DittoServerSpec>): DittoServer =>
  aServer({ storage: { metadataSize: "5Gi", contentSize: "20Gi", accessMode: "ReadWriteOnce" }, ...spec });
const both = withSpec({
  shares: [
    { name: "/a", localStoreSize: "1Gi" },
    { name: "/b", enabled: false, nfs: { squash: "none" } },
  ],
});
const changed = withSpec({
  shares: [
    { name: "/a", localStoreSize: "2Gi", readOnly: true, nfs: { squash: "all_to_guest" }, enabled: false },
    { name: "/b", defaultPermission: "read" },
  ],
  stores: { local: [{ name: "ram", type: "memory" }] },
  smb: { enabled: false, port: 445, containerPort: 12_445 },
});
const onlyOne = withSpec({ shares: [{ name: "/a", localStoreSize: "1Gi" }] });

type Situation = {
  readonly name: string;
  /** What is on the server before, if anything. */
  readonly from: DittoServer | undefined;
  readonly to: DittoServer;
  /** Nothing has to be written, so nothing may be changed whatever the server says. */
  readonly isQuiet: boolean;
};

const situations: readonly Situation[] = [
  { name: "create", from: undefined, to: both, isQuiet: false },
  { name: "change", from: both, to: changed, isQuiet: false },
  { name: "delete a share from the spec", from: both, to: onlyOne, isQuiet: true },
  { name: "idle", from: both, to: both, isQuiet: true },
];

async function prepared({ from }: Situation): Promise<DoubleProvisioning> {
  const at = await DoubleProvisioning.startInProcess();
  await at.fresh.call("POST", "/api/v1/store/metadata", { name: "hand", type: "memory", config: "{}" });
  await at.fresh.call("POST", "/api/v1/store/block/local", { name: "hand", type: "memory", config: "{}" });
  const byHand = { name: "/by-hand", metadata_store_id: "hand", local_block_store: "hand", read_only: true };
  await at.fresh.call("POST", "/api/v1/shares", byHand);
  if (from !== undefined) assert.ok(isConverged(await at.pass(from)));
  await at.clock.advance(longPauseMs);
  return at;
}

type Trial = { readonly situation: Situation; readonly at: string; readonly fault: FaultKind };

async function faultThenHealth({ situation, at: where, fault }: Trial): Promise<{ readonly passes: number }> {
  const at = await prepared(situation);
  try {
    const handMade = byHandObjects(at);
    const { seen, requests } = await faultForOnePass(at, { server: situation.to, where, fault });
    assert.deepEqual(
      requests.filter(({ method }) => method === "DELETE"),
      [],
      "nothing is deleted",
    );
    assert.ok(logins(requests) <= seen.length, "one login per pass");
    if (situation.isQuiet) assert.deepEqual(needless(requests, fault), [], "nothing is changed");
    assert.deepEqual(byHandObjects(at), handMade, "what was made by hand is as it was");
    assert.notEqual(await at.fresh.login("admin", at.password), "", "the password is the same");
    assert.deepEqual(shareNames(at), expectedShares(situation), "each share is there once");
    assert.doesNotMatch(JSON.stringify(seen), new RegExp(`${at.password}|eyJ`), "no secret is shown");

    await at.clock.advance(1000);
    await assertAtRest(at, situation.to);
    return { passes: seen.length };
  } finally {
    await at.fresh.end();
  }
}

/** A list that is wrongly empty makes the operator try to create what is there, which the server refuses; nothing else does. */
function needless(requests: readonly RequestRecord[], fault: FaultKind): readonly RequestRecord[] {
  const writes = writesAmong(requests);
  return fault === "emptyList" ? writes.filter(isSuccess) : writes;
}

const isSuccess = ({ status }: RequestRecord): boolean => status >= 200 && status < 300;
const logins = (requests: readonly RequestRecord[]): number =>
  requests.filter(({ path }) => path === "/api/v1/auth/login").length;

function byHandObjects({ fresh }: DoubleProvisioning): unknown {
  const { metadataStores, blockStores, shares } = fresh.double.state.database;
  const byHand = (row: { readonly name: string }): boolean => row.name.includes("hand");
  return structuredClone([metadataStores.filter(byHand), blockStores.filter(byHand), shares.filter(byHand)]);
}

function shareNames({ fresh }: DoubleProvisioning): readonly string[] {
  return fresh.double.state.database.shares.map(({ name }) => name).toSorted();
}

function expectedShares({ from, to }: Situation): readonly string[] {
  const declared = [from, to].flatMap((server) => server?.spec.shares ?? []).map(({ name }) => name);
  return [...new Set([...declared, "/by-hand"])].toSorted();
}

for (const situation of situations) {
  test(`${situation.name}: whatever one endpoint does for a pass, nothing is lost and it converges`, {
    timeout: 400_000,
  }, async (context) => {
    const endpoints = await endpointsOf(await prepared(situation), situation.to);
    await everyFault(context, endpoints, (at, fault) => faultThenHealth({ situation, at, fault }));
  });
}
