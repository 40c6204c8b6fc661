import assert from "node:assert/strict";
import { test } from "node:test";
import type { DittoServerSpec } from "../../api/ditto-server.ts";
import { aServer, defaultSpec } from "../testing/a-server.ts";
import { identityWarnings } from "./identity-warnings.ts";

type Identity = DittoServerSpec["identity"];
const ref = { name: "a", key: "b" };
const account = { enabled: true, accountName: "A$", secretRef: ref };
const member = { enabled: true, servicePrincipal: "nfs/a@R", netbiosDomain: "CORP", machineAccount: account };
const ldap = { enabled: true, startTLS: false, allowPlaintext: false };

const rows: readonly (readonly [name: string, identity: Partial<Identity>, says: RegExp | undefined])[] = [
  ["nothing is said of a plain server", {}, undefined],
  ["nothing is said of a member that can be one", { kerberos: member }, undefined],
  ["a realm of its own is enough", { kerberos: { ...member, servicePrincipal: "nfs/a", realm: "R" } }, undefined],
  [
    "a keytab is no credential that the server uses",
    { kerberos: { ...member, machineAccount: { enabled: true, accountName: "A$", keytabSecretRef: ref } } },
    /keytabSecretRef is not used/,
  ],
  [
    "an account without a domain checks nothing",
    { kerberos: { enabled: true, servicePrincipal: "nfs/a@R", machineAccount: account } },
    /has no effect without netbiosDomain and a realm/,
  ],
  ["a directory that anybody can pretend to be", { ldap: { ...ldap, insecureSkipVerify: true } }, /pretend to be/],
  ["one that is off is not asked", { ldap: { ...ldap, enabled: false, insecureSkipVerify: true } }, undefined],
];

for (const [name, identity, says] of rows) {
  test(name, () => {
    const found = identityWarnings(aServer({ identity: { ...defaultSpec.identity, ...identity } }));
    assert.equal(found.length, says === undefined ? 0 : 1);
    assert.match(found[0] ?? "", says ?? /^$/);
  });
}
