import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { test } from "node:test";
import { doubleFor } from "../fresh-double.ts";
import { aKeytab } from "../testing/keytab.ts";

const providers = "/api/v1/identity-providers";
const ldap = { enabled: true, url: "ldaps://h", base_dn: "b", bind_dn: "d", bind_password: "s3cret" };

test("nothing is configured at first, and only LDAP and Kerberos exist", async (t) => {
  const fresh = await doubleFor(t);
  assert.deepEqual((await fresh.call("GET", providers)).body, [
    { type: "ldap", enabled: false, configured: false },
    { type: "kerberos", enabled: false, configured: false },
  ]);
  assert.equal((await fresh.call("GET", `${providers}/ldap/config`)).status, 404);
  assert.equal((await fresh.call("PUT", `${providers}/oidc/config`, {})).status, 404);
});

test("LDAP is replaced as a whole, checked, and hides its password, which an echo keeps", async (t) => {
  const fresh = await doubleFor(t);
  assert.equal((await fresh.call("PUT", `${providers}/ldap/config`, { ...ldap, url: "ldap://h" })).status, 400);
  assert.equal((await fresh.call("PUT", `${providers}/ldap/config`, { ...ldap, timeout: "x" })).status, 400);
  const { object } = await fresh.call("PUT", `${providers}/ldap/config`, ldap);
  assert.deepEqual([object.bind_password, object.timeout, object.user_attr], ["********", "10s", "sAMAccountName"]);
  await fresh.call("PUT", `${providers}/ldap/config`, { ...ldap, bind_password: "********", realm: "R" });
  assert.equal(fresh.double.state.database.identityProviders[0]?.config.bind_password, "s3cret");
  assert.equal((await fresh.call("GET", `${providers}/ldap/config`)).object.realm, "R");
});

test("Kerberos says that it acts after a restart, and its keytab is not looked at before", async (t) => {
  const fresh = await doubleFor(t);
  const kerberos = {
    enabled: true,
    keytab_path: `${fresh.folder}/keytab`,
    krb5_conf: `${fresh.folder}/krb5.conf`,
    service_principal: "nfs/h@R",
  };
  const { status, headers } = await fresh.call("PUT", `${providers}/kerberos/config`, kerberos);
  assert.deepEqual([status, headers["x-dittofs-apply"]], [200, "restart-required"]);
  await assert.rejects(fresh.restart(), /SMB Kerberos provider: load keytab/);
  await assert.rejects(
    fresh.restart({ config: { ...Object(fresh.options.config), kerberos: { enabled: false } } }),
    /keytab/,
  );
  writeFileSync(`${fresh.folder}/keytab`, aKeytab());
  writeFileSync(`${fresh.folder}/krb5.conf`, "[libdefaults]\n");
  await fresh.restart();
  assert.deepEqual((await fresh.call("GET", providers)).list[1], { type: "kerberos", enabled: true, configured: true });
});

test("where doubles have a root of their own, keytab and krb5.conf lie below it, at a start and at a test", async (t) => {
  const fresh = await doubleFor(t);
  writeFileSync(`${fresh.folder}/keytab`, aKeytab());
  writeFileSync(`${fresh.folder}/krb5.conf`, "[libdefaults]\n");
  const kerberos = { enabled: true, keytab_path: "/keytab", krb5_conf: "/krb5.conf", service_principal: "nfs/h@R" };
  await fresh.call("PUT", `${providers}/kerberos/config`, kerberos);
  await assert.rejects(fresh.restart(), /load keytab/);
  await fresh.restart({ storeRoot: fresh.folder });
  assert.equal((await fresh.call("POST", `${providers}/kerberos/test`, kerberos)).object.ok, true);
});

test("a keytab path in the environment is the way out of a stored one that is wrong", async (t) => {
  const fresh = await doubleFor(t);
  const kerberos = {
    enabled: true,
    keytab_path: "/none",
    krb5_conf: `${fresh.folder}/krb5.conf`,
    service_principal: "nfs/h@R",
  };
  await fresh.call("PUT", `${providers}/kerberos/config`, kerberos);
  writeFileSync(`${fresh.folder}/keytab`, aKeytab());
  writeFileSync(`${fresh.folder}/krb5.conf`, "[libdefaults]\n");
  await fresh.restart({ env: { ...fresh.options.env, DITTOFS_KERBEROS_KEYTAB_PATH: `${fresh.folder}/keytab` } });
});

test("what Kerberos refuses", async (t) => {
  const fresh = await doubleFor(t);
  const rows: readonly (readonly [body: object, because: string])[] = [
    [{ enabled: true }, "no keytab"],
    [{ enabled: true, keytab_path: "/k" }, "no principal"],
    [{ realm: "a b" }, "a space"],
    [{ netbios_domain: "a.b" }, "two labels"],
    [{ dns_domain: "a/b" }, "a slash"],
    [{ max_clock_skew: "x" }, "no duration"],
    [{ context_ttl: "-1s" }, "below zero"],
    [{ max_contexts: -1 }, "below zero"],
  ];
  for (const [body, because] of rows)
    assert.equal((await fresh.call("PUT", `${providers}/kerberos/config`, body)).status, 400, because);
  const account = { machine_account: { account_name: "A$", secret: "s3cret" } };
  const { object } = await fresh.call("PUT", `${providers}/kerberos/config`, account);
  assert.deepEqual(object.machine_account, { account_name: "A$", secret: "********" });
});

test("the file's LDAP section is stored once; from then on the file is ignored", async (t) => {
  const fresh = await doubleFor(t);
  const withLdap = (realm: string): object => ({
    config: { ...Object(fresh.options.config), ldap: { ...ldap, realm } },
  });
  await fresh.restart(withLdap("ONE"));
  await fresh.restart(withLdap("TWO"));
  assert.equal((await fresh.call("GET", `${providers}/ldap/config`)).object.realm, "ONE");
});

test("a test answers 200 and says at which stage it failed", async (t) => {
  const network = { resolve: async () => [], dial: async (host: string) => host === "up" };
  const fresh = await doubleFor(t, { network });
  const probe = async (type: string, body: object) =>
    (await fresh.call("POST", `${providers}/${type}/test`, body)).object;
  assert.equal((await probe("ldap", { ...ldap, bind_dn: "" })).stage, "validate");
  assert.equal((await probe("ldap", ldap)).stage, "connect");
  assert.equal((await probe("ldap", { ...ldap, url: "ldaps://up" })).ok, true);
  assert.equal((await probe("kerberos", {})).stage, "validate");
  assert.equal((await probe("kerberos", { keytab_path: "/none" })).stage, "keytab");
});

test("Kerberos needs a krb5.conf to start with, and says in a test that there is none", async (t) => {
  const fresh = await doubleFor(t);
  writeFileSync(`${fresh.folder}/keytab`, aKeytab());
  const kerberos = { enabled: true, keytab_path: `${fresh.folder}/keytab`, service_principal: "nfs/h@R" };
  const probe = async (krb5_conf: string) =>
    (await fresh.call("POST", `${providers}/kerberos/test`, { ...kerberos, krb5_conf })).object;
  assert.equal((await probe("/none")).stage, "krb5conf");
  assert.deepEqual(await probe(""), { ok: true, message: "keytab loaded (1 entries)" });
  await fresh.call("PUT", `${providers}/kerberos/config`, { ...kerberos, krb5_conf: "/none" });
  await assert.rejects(fresh.restart(), /load krb5.conf \/none: parse krb5.conf/);
});

test("the file's Kerberos section is stored once, as the API shows it", async (t) => {
  const fresh = await doubleFor(t);
  writeFileSync(`${fresh.folder}/keytab`, aKeytab());
  writeFileSync(`${fresh.folder}/krb5.conf`, "[libdefaults]\n");
  const kerberos = {
    enabled: true,
    keytab_path: `${fresh.folder}/keytab`,
    krb5_conf: `${fresh.folder}/krb5.conf`,
    service_principal: "nfs/h@EXAMPLE.COM",
    machine_account: { enabled: true, account_name: "F$", dc_address: ["dc1"] },
  };
  const env = { ...fresh.options.env, DITTOFS_KERBEROS_MACHINE_ACCOUNT_SECRET: "s3cret" };
  await fresh.restart({ config: { ...Object(fresh.options.config), kerberos }, env });
  await fresh.restart({ config: { ...Object(fresh.options.config), kerberos: { enabled: false } } });
  assert.deepEqual((await fresh.call("GET", `${providers}/kerberos/config`)).body, {
    ...kerberos,
    realm: "EXAMPLE.COM",
    netbios_domain: "",
    dns_domain: "example.com",
    max_clock_skew: "5m0s",
    context_ttl: "8h0m0s",
    max_contexts: 10_000,
    machine_account: { ...kerberos.machine_account, secret: "********" },
  });
});
