import assert from "node:assert/strict";
import { test } from "node:test";
import type { Pod } from "kubernetes-types/core/v1";
import type { DittoServerSpec } from "../api/ditto-server.ts";
import { type IdentityFacts, identityFacts } from "./identity-facts.ts";
import { aServer, defaultSpec } from "./testing/a-server.ts";
import { plannedStatefulSet, usableSecrets } from "./testing/planned-children.ts";
import type { SecretSeen } from "./world.ts";

const identity: DittoServerSpec["identity"] = {
  ...defaultSpec.identity,
  jwt: { ...defaultSpec.identity.jwt, secretRef: { name: "signing", key: "token" } },
  ldap: {
    enabled: true,
    url: "ldaps://dc.example.com",
    startTLS: false,
    allowPlaintext: false,
    baseDN: "DC=a",
    bindDN: "CN=a",
    bindPasswordSecretRef: { name: "directory", key: "password" },
    caCertSecretRef: { name: "directory-ca", key: "ca.crt" },
  },
  kerberos: {
    enabled: true,
    servicePrincipal: "nfs/a@R",
    keytabSecretRef: { name: "keytab", key: "dittofs.keytab" },
    machineAccount: { enabled: true, accountName: "A$", secretRef: { name: "account", key: "password" } },
  },
};
const server = aServer({ identity });

function podOf(planned: ReturnType<typeof aServer>): Pod {
  const spec = plannedStatefulSet(planned).spec?.template.spec;
  return { metadata: { name: "files-0" }, ...(spec && { spec }) };
}

const bindPassword = (lengthBytes: number, digest = "d1"): SecretSeen => ({
  kind: "present",
  keys: new Map([["password", { digest, lengthBytes }]]),
});

const facts = (pod: Pod, directory: SecretSeen = bindPassword(12)): IdentityFacts =>
  identityFacts({ server, pod, named: new Map([...usableSecrets(server), ["directory", directory]]), generated: [] });

test("a pod that mounts what the spec names lacks nothing, and its secrets are known by digest", () => {
  const { lacks, hasKeytab, secrets } = facts(podOf(server));
  assert.deepEqual([lacks, hasKeytab], [{}, true]);
  assert.deepEqual([secrets.ldap?.kind, secrets.kerberos?.kind], ["usable", "usable"]);
});

test("a pod of before lacks the certificates and the keytab, and says which Secrets", () => {
  assert.deepEqual(facts(podOf(aServer())), {
    ...facts(podOf(server)),
    hasKeytab: false,
    lacks: {
      ldap: "waits for a pod that mounts Secret directory-ca (spec.identity.ldap.caCertSecretRef).",
      kerberos: "waits for a pod that mounts Secret keytab (spec.identity.kerberos.keytabSecretRef).",
    },
  });
});

test("another Secret, or another key of it, under the same path is not the one that is wanted", () => {
  for (const keytabSecretRef of [
    { name: "other", key: "dittofs.keytab" },
    { name: "keytab", key: "other" },
  ]) {
    const kerberos = { enabled: true, ...identity.kerberos, keytabSecretRef };
    const { lacks, hasKeytab } = facts(podOf(aServer({ identity: { ...identity, kerberos } })));
    assert.match(lacks.kerberos ?? "", /Secret keytab/);
    assert.equal(hasKeytab, true);
  }
});

test("another password is another digest, and equal ones of two providers have different ones", () => {
  const pod = podOf(server);
  assert.notDeepEqual(facts(pod, bindPassword(12, "d2")).secrets.ldap, facts(pod).secrets.ldap);
  assert.notDeepEqual(facts(pod).secrets.kerberos, facts(pod).secrets.ldap);
});

for (const [name, seen, message] of [
  ["a Secret that does not exist", { kind: "absent" }, /^Secret directory with the bind password does not exist/],
  ["a key that is missing", { kind: "present", keys: new Map() }, /has no key password with the bind password/],
  [
    "an empty password, which would log in as nobody",
    bindPassword(0),
    /^The bind password in password of Secret directory must have at least 1 byte/,
  ],
] as const) {
  test(`${name} is told with the remedy`, () => {
    const { ldap } = facts(podOf(server), seen).secrets;
    assert.match(ldap?.kind === "unusable" ? ldap.message : "", message);
  });
}

test("nothing is known of what the spec does not name", () => {
  const plain = aServer();
  const seen = { server: plain, pod: podOf(plain), named: new Map(), generated: [] };
  assert.deepEqual(identityFacts(seen), { secrets: {}, lacks: {}, hasKeytab: false });
});
