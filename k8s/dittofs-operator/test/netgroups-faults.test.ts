import assert from "node:assert/strict";
import { test } from "node:test";
import type { FaultKind } from "../double/start-double.ts";
import type { DittoServer, ShareSpec } from "../src/api/ditto-server.ts";
import { netgroupName } from "../src/domain/provisioning/netgroups.ts";
import { aServer } from "../src/domain/testing/a-server.ts";
import { assertAtRest } from "./provisioning/assert-at-rest.ts";
import { DoubleProvisioning } from "./provisioning/double-provisioning.ts";
import { endpointsOf, everyFault, faultForOnePass, isConverged, longPauseMs } from "./provisioning/fault-trials.ts";

const [one, two, three] = ["192.0.2.0/28", "198.51.100.0/28", "203.0.113.0/28"] as const;
const withClients = (allowedClients?: NonNullable<ShareSpec["nfs"]>["allowedClients"]): DittoServer =>
  aServer({ shares: [{ name: "/a", ...(allowedClients && { nfs: { allowedClients } }) }, { name: "/b" }] });

type Situation = {
  readonly name: string;
  readonly from?: DittoServer;
  readonly to: DittoServer;
  /** Members of the share's netgroup in the end; undefined when it has none. */
  readonly clients: readonly string[] | undefined;
};

const situations: readonly Situation[] = [
  { name: "create", to: withClients([one, two]), clients: [one, two] },
  { name: "change", from: withClients([one, two]), to: withClients([two, three]), clients: [two, three] },
  { name: "take back", from: withClients([one, two]), to: withClients(), clients: undefined },
  { name: "idle", from: withClients([one]), to: withClients([one]), clients: [one] },
];

const netgroups = "/api/v1/adapters/nfs/netgroups";
const own = netgroupName("/a");

async function prepared({ from }: Situation): Promise<DoubleProvisioning> {
  const at = await DoubleProvisioning.startInProcess();
  await at.fresh.call("POST", netgroups, { name: "by-hand" });
  await at.fresh.call("POST", `${netgroups}/by-hand/members`, { type: "cidr", value: one });
  if (from !== undefined) assert.ok(isConverged(await at.pass(from)));
  await at.clock.advance(longPauseMs);
  return at;
}

async function faultThenHealth(situation: Situation, where: string, fault: FaultKind) {
  const at = await prepared(situation);
  try {
    // What no list shows is read again in turn.
    const { seen, requests } = await faultForOnePass(at, { server: situation.to, where, fault, more: 2 });
    const deleted = requests.filter(({ method }) => method === "DELETE").map(({ path }) => decodeURIComponent(path));
    assert.deepEqual(
      deleted.filter((path) => !path.startsWith(`${netgroups}/${own}`)),
      [],
      "nothing else is taken back",
    );
    await assertEnd(at, situation);
    await assertAtRest(at, situation.to);
    return { passes: seen.length };
  } finally {
    await at.fresh.end();
  }
}

async function assertEnd({ fresh }: DoubleProvisioning, { clients }: Situation): Promise<void> {
  const members = async (name: string): Promise<readonly string[] | undefined> => {
    const { status, object } = await fresh.call("GET", `${netgroups}/${encodeURIComponent(name)}`);
    const list = object["members"] as readonly { readonly value: string }[] | undefined; // as section 3.14 has it
    return status === 404 ? undefined : (list ?? []).map(({ value }) => value).toSorted();
  };
  assert.deepEqual(await members("by-hand"), [one]);
  assert.deepEqual(await members(own), clients, "each client is let in once, and nobody else");
  const { object } = await fresh.call("GET", "/api/v1/shares/a/adapters/nfs/config");
  assert.equal(object["netgroup"], clients === undefined ? "" : own);
}

for (const situation of situations) {
  test(`netgroups, ${situation.name}: whatever one endpoint does for a pass, nobody is let in beside, and it converges`, {
    timeout: 400_000,
  }, async (context) => {
    const endpoints = await endpointsOf(await prepared(situation), situation.to);
    const ofNetgroups = endpoints.filter((each) => /netgroups|nfs\/config/.test(each));
    await everyFault(context, ofNetgroups, (where, fault) => faultThenHealth(situation, where, fault));
  });
}
