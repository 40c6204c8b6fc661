import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { aKeytab } from "../double/testing/keytab.ts";
import type { DittoServer, DittoServerSpec } from "../src/api/ditto-server.ts";
import type { DittoFsSeen } from "../src/domain/dittofs-seen.ts";
import { aServer, defaultSpec } from "../src/domain/testing/a-server.ts";
import { kerberos, ldap } from "../src/domain/testing/identity-samples.ts";
import { DoubleProvisioning, writesAmong } from "./provisioning/double-provisioning.ts";
import { notedPass } from "./provisioning/noted-pass.ts";

type Identity = Partial<DittoServerSpec["identity"]>;

const providers = "/api/v1/identity-providers";
const withIdentity = (identity: Identity): DittoServer =>
  aServer({ identity: { ...defaultSpec.identity, ...identity } });

async function provisioning(t: { after(end: () => Promise<void>): void }): Promise<DoubleProvisioning> {
  const at = await DoubleProvisioning.start();
  t.after(() => at.fresh.end());
  return at;
}

function setSecret(at: DoubleProvisioning, type: "ldap" | "kerberos", password: string): void {
  const secrets = { ...at.identity.secrets, [type]: { kind: "usable", digest: `d${password.length}` } as const };
  at.identity = { ...at.identity, secrets };
  at.userSecrets.set(type, { kind: "present", password });
}

/** What the pod mounts, and whether the keytab in there is one. */
function mountKeytab(at: DoubleProvisioning, content: Uint8Array = aKeytab()): void {
  for (const folder of ["kerberos", "config"]) mkdirSync(`${at.fresh.folder}/${folder}`, { recursive: true });
  writeFileSync(`${at.fresh.folder}/kerberos/dittofs.keytab`, content);
  writeFileSync(`${at.fresh.folder}/config/krb5.conf`, "[libdefaults]\n");
  at.identity = { ...at.identity, hasKeytab: true };
}

async function writesOf(at: DoubleProvisioning, server: DittoServer) {
  const { result, requests } = await at.requestsOf(() => notedPass(at, server));
  return {
    seen: result,
    writes: writesAmong(requests).map(({ method, path }) => `${method} ${path.replace(providers, "")}`),
  };
}

function failures(seen: DittoFsSeen): readonly string[] {
  assert.equal(seen.kind, "answered");
  return seen.kind === "answered"
    ? seen.outcomes.flatMap(({ result }) => (result.kind === "failed" ? [result.message] : []))
    : [];
}

test("a directory is set, kept, changed with its password, and switched off, all without a restart", async (t) => {
  const at = await provisioning(t);
  setSecret(at, "ldap", "first-password");
  const first = await writesOf(at, withIdentity({ ldap }));
  assert.deepEqual([failures(first.seen), first.writes.at(-1)], [[], "PUT /ldap/config"]);
  assert.deepEqual((await writesOf(at, withIdentity({ ldap }))).writes, []);

  setSecret(at, "ldap", "second-password");
  const second = await writesOf(at, withIdentity({ ldap }));
  assert.deepEqual(second.writes, ["PUT /ldap/config"]);
  assert.equal(at.fresh.double.state.database.identityProviders[0]?.config.bind_password, "second-password");
  assert.ok(second.seen.kind === "answered" && second.seen.outdated === undefined);
  assert.doesNotMatch(JSON.stringify(second.seen), /second-password/);

  await at.fresh.call("PUT", `${providers}/ldap/config`, {
    enabled: true,
    url: "ldaps://evil",
    base_dn: "x",
    bind_dn: "y",
  });
  assert.deepEqual((await writesOf(at, withIdentity({ ldap }))).writes, ["PUT /ldap/config"]);

  assert.deepEqual((await writesOf(at, withIdentity({}))).writes, ["PUT /ldap/config"]);
  const { object } = await at.fresh.call("GET", `${providers}/ldap/config`);
  assert.deepEqual([object.enabled, object.base_dn], [false, "DC=example,DC=com"]);
  await at.fresh.call("PUT", `${providers}/ldap/config`, { ...object, enabled: true });
  assert.deepEqual((await writesOf(at, withIdentity({}))).writes, [], "from then on it is somebody else's");
});

test("a refused directory is told with the server's words, and holds up nothing else", async (t) => {
  const at = await provisioning(t);
  setSecret(at, "ldap", "password");
  const server = aServer({
    identity: { ...defaultSpec.identity, ldap: { ...ldap, url: "ldaps://dc", userAttr: "uid", idmap: "rid" } },
    groups: [{ name: "staff" }],
  });
  at.fresh.double.faults.set(`PUT ${providers}/ldap/config`, "500");
  const seen = await at.pass(server);
  assert.match(failures(seen).join(), /^Identity provider ldap: PUT .*failed on the server/);
  assert.equal((await at.fresh.call("GET", "/api/v1/groups/staff")).status, 200);
});

test("Kerberos is never sent while the server cannot load the keytab, so that it starts again (measured A5)", async (t) => {
  const at = await provisioning(t);
  for (const content of [Buffer.from("no keytab at all"), Buffer.from([5, 2])]) {
    mountKeytab(at, content);
    const { seen, writes } = await writesOf(at, withIdentity({ kerberos }));
    assert.ok(!writes.includes("PUT /kerberos/config"));
    assert.match(
      failures(seen).join(),
      /^Identity provider kerberos: the server answers 200 to POST .*keytab: load keytab/,
    );
  }
  await at.fresh.restart();
  assert.equal((await at.fresh.call("GET", `${providers}/kerberos/config`)).status, 404);
});

test("Kerberos is tested, set and asks for one restart; after that it is as wanted", async (t) => {
  const at = await provisioning(t);
  mountKeytab(at);
  setSecret(at, "kerberos", "machine-password");
  const machineAccount = {
    enabled: true,
    accountName: "F$",
    secretRef: { name: "a", key: "p" },
    dcAddress: ["dc1"],
  } as const;
  const wanted = withIdentity({ kerberos: { ...kerberos, netbiosDomain: "EXAMPLE", machineAccount } });
  const { seen, writes } = await writesOf(at, wanted);
  assert.deepEqual([failures(seen), writes.slice(-2)], [[], ["POST /kerberos/test", "PUT /kerberos/config"]]);
  assert.ok(seen.kind === "answered");
  assert.equal(seen.outdated, "it takes up its Kerberos settings at its start");
  assert.equal(seen.isKerberosOn, true);

  await at.fresh.restart();
  at.sessions.seeProcess(wanted.metadata.uid, "the next pod");
  const again = await writesOf(at, wanted);
  assert.deepEqual(again.writes, []);
  assert.ok(again.seen.kind === "answered" && again.seen.outdated === undefined);

  setSecret(at, "kerberos", "another-machine-password");
  const rotated = await writesOf(at, wanted);
  assert.deepEqual(rotated.writes, ["POST /kerberos/test", "PUT /kerberos/config"]);
  assert.ok(rotated.seen.kind === "answered" && rotated.seen.outdated === undefined, "the server takes it up at once");

  const off = await writesOf(at, withIdentity({}));
  assert.deepEqual(off.writes, ["PUT /kerberos/config"]);
  assert.ok(off.seen.kind === "answered" && off.seen.outdated !== undefined && off.seen.isKerberosOn === false);
});

test("Kerberos whose answer got lost is restarted for all the same", async (t) => {
  const at = await provisioning(t);
  mountKeytab(at);
  at.fresh.double.faults.set(`PUT ${providers}/kerberos/config`, "resetAfterCommit");
  const first = await at.pass(withIdentity({ kerberos }));
  at.fresh.double.faults.clear();
  const seen = first.kind === "answered" ? first : await at.pass(withIdentity({ kerberos }));
  assert.ok(seen.kind === "answered" && seen.outdated !== undefined);
});

test("principals are mapped to users and unmapped again, and mappings made by hand stay", async (t) => {
  const at = await provisioning(t);
  mountKeytab(at);
  const mapped = (...principals: readonly { principal: string; user: string }[]) =>
    withIdentity({ kerberos: { ...kerberos, identityMapping: { principals } } });
  await at.fresh.call("POST", "/api/v1/identity-mappings", { principal: "hand@R", username: "hand" });
  await at.pass(mapped({ principal: "nfs/h.example.com@R", user: "a" }, { principal: "DOMAIN\\b", user: "b" }));
  await at.pass(mapped({ principal: "nfs/h.example.com@R", user: "c" }));
  const rows = (await at.fresh.call("GET", "/api/v1/identity-mappings?provider=kerberos")).list;
  assert.deepEqual(
    rows.map(({ principal, username }) => `${String(principal)} ${String(username)}`),
    ["hand@R hand", "nfs/h.example.com@R c"],
  );
});
