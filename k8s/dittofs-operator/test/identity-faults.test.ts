import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import type { FaultKind } from "../double/start-double.ts";
import { aKeytab } from "../double/testing/keytab.ts";
import type { DittoServer, DittoServerSpec } from "../src/api/ditto-server.ts";
import { aServer, defaultSpec } from "../src/domain/testing/a-server.ts";
import { kerberos, ldap } from "../src/domain/testing/identity-samples.ts";
import { assertAtRest } from "./provisioning/assert-at-rest.ts";
import { DoubleProvisioning, writesAmong } from "./provisioning/double-provisioning.ts";
import { endpointsOf, everyFault, faultForOnePass, isConverged, longPauseMs } from "./provisioning/fault-trials.ts";

const withIdentity = (identity: Partial<DittoServerSpec["identity"]> = {}): DittoServer =>
  aServer({ identity: { ...defaultSpec.identity, ...identity } });
const mapped = (user: string) => ({
  ...kerberos,
  identityMapping: { principals: [{ principal: "nfs/h.example.com@R", user }] },
});
const all = withIdentity({ ldap, kerberos: mapped("alice") });
const otherwise = withIdentity({ ldap: { ...ldap, baseDN: "DC=example,DC=org" }, kerberos: mapped("bob") });

type Situation = {
  readonly name: string;
  readonly from?: DittoServer;
  readonly to: DittoServer;
  readonly end: { readonly directory: readonly unknown[]; readonly mappings: readonly string[] };
};

const byHand = "hand@R hand";
const end = (base: string, user: string) => ({
  directory: [true, base],
  mappings: [byHand, `nfs/h.example.com@R ${user}`],
});
const situations: readonly Situation[] = [
  { name: "create", to: all, end: end("DC=example,DC=com", "alice") },
  { name: "change", from: all, to: otherwise, end: end("DC=example,DC=org", "bob") },
  {
    name: "take back",
    from: all,
    to: withIdentity(),
    end: { directory: [false, "DC=example,DC=com"], mappings: [byHand] },
  },
  { name: "idle", from: all, to: all, end: end("DC=example,DC=com", "alice") },
];

async function prepared({ from }: Situation): Promise<DoubleProvisioning> {
  const at = await DoubleProvisioning.startInProcess();
  for (const folder of ["kerberos", "config"]) mkdirSync(`${at.fresh.folder}/${folder}`, { recursive: true });
  writeFileSync(`${at.fresh.folder}/kerberos/dittofs.keytab`, aKeytab());
  writeFileSync(`${at.fresh.folder}/config/krb5.conf`, "[libdefaults]\n");
  const secrets = { ldap: { kind: "usable", digest: "digest of bind-password" } } as const;
  at.identity = { ...at.identity, hasKeytab: true, secrets };
  at.userSecrets.set("ldap", { kind: "present", password: "bind-password" });
  await at.fresh.call("POST", "/api/v1/identity-mappings", { principal: "hand@R", username: "hand" });
  if (from !== undefined) assert.ok(isConverged(await at.pass(from)));
  await at.clock.advance(longPauseMs);
  return at;
}

async function faultThenHealth(situation: Situation, where: string, fault: FaultKind) {
  const { from, to, end: wanted } = situation;
  const at = await prepared(situation);
  try {
    const { seen, requests } = await faultForOnePass(at, { server: to, where, fault, more: 2 });
    const deleted = requests.filter(({ method }) => method === "DELETE").map(({ path }) => decodeURIComponent(path));
    assert.ok(
      deleted.every((path) => path.endsWith("nfs/h.example.com@R")),
      deleted.join(", "),
    );
    if (from === to)
      assert.deepEqual(
        writesAmong(requests).filter(({ status }) => status < 300),
        [],
        "nothing is changed",
      );
    const { object } = await at.fresh.call("GET", "/api/v1/identity-providers/ldap/config");
    assert.deepEqual([object["enabled"], object["base_dn"]], wanted.directory);
    const { list } = await at.fresh.call("GET", "/api/v1/identity-mappings?provider=kerberos");
    const mappings = list.map(({ principal, username }) => `${String(principal)} ${String(username)}`);
    assert.deepEqual(mappings.toSorted(), wanted.mappings, "each principal is mapped once");
    assert.doesNotMatch(JSON.stringify(seen).replaceAll("digest of bind-password", ""), /bind-password|eyJ/);
    await assertAtRest(at, to);
    return { passes: seen.length };
  } finally {
    await at.fresh.end();
  }
}

for (const situation of situations) {
  test(`identity, ${situation.name}: whatever one endpoint does for a pass, nothing of others is lost and it converges`, {
    timeout: 400_000,
  }, async (context) => {
    const endpoints = await endpointsOf(await prepared(situation), situation.to);
    const ofIdentity = endpoints.filter((each) => each.includes("/identity-"));
    await everyFault(context, ofIdentity, (where, fault) => faultThenHealth(situation, where, fault));
  });
}
