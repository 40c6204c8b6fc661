import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "yaml";
import { dittoServerSchema } from "../../src/api/ditto-server-schema.ts";
import { configFile } from "../../src/domain/config-file/config-file.ts";
import { ldapSettings } from "../../src/domain/config-file/ldap-settings.ts";
import { aServer } from "../../src/domain/testing/a-server.ts";
import { plannedStatefulSet } from "../../src/domain/testing/planned-children.ts";

/** A server in a Windows domain as manifests for the Go operator say it, with every field of its LDAP and Kerberos sections. */
const manifest = `
apiVersion: dittofs.dittofs.com/v1alpha1
kind: DittoServer
metadata: {name: files}
spec:
  storage: {metadataSize: 1Gi, contentSize: 10Gi}
  identity:
    type: memory
    jwt: {accessTokenDuration: 15m, refreshTokenDuration: 168h}
    ldap:
      enabled: true
      url: ldap://dc.example.com:389
      startTLS: true
      allowPlaintext: false
      baseDN: DC=example,DC=com
      bindDN: CN=reader,DC=example,DC=com
      bindPasswordSecretRef: {name: directory, key: password}
      userAttr: sAMAccountName
      realm: EXAMPLE.COM
      idmap: rid
      nestedGroups: true
      caCertFile: /etc/ssl/certs/ca-certificates.crt
      insecureSkipVerify: true
    kerberos:
      enabled: true
      servicePrincipal: nfs/files.example.com@EXAMPLE.COM
      realm: EXAMPLE.COM
      netbiosDomain: EXAMPLE
      dnsDomain: example.com
      keytabSecretRef: {name: domain, key: files.keytab}
      krb5ConfSecretRef: {name: domain, key: krb5.conf}
      machineAccount:
        enabled: true
        accountName: FILES$
        dcAddress: [dc1.example.com, dc2.example.com]
        secretRef: {name: domain, key: account}
        keytabSecretRef: {name: domain, key: account.keytab}
`;
const { spec } = dittoServerSchema.parse(parse(manifest));
const server = aServer(spec);
const template = plannedStatefulSet(server).spec?.template.spec;

test("the file says of Kerberos what that operator's file says, at the same paths", () => {
  const { kerberos } = parse(configFile(server)) as { kerberos: Readonly<Record<string, unknown>> }; // the section is there
  assert.partialDeepStrictEqual(kerberos, {
    enabled: true,
    keytab_path: "/kerberos/dittofs.keytab",
    service_principal: "nfs/files.example.com@EXAMPLE.COM",
    realm: "EXAMPLE.COM",
    netbios_domain: "EXAMPLE",
    dns_domain: "example.com",
    krb5_conf: "/kerberos-krb5/krb5.conf",
    machine_account: {
      enabled: true,
      account_name: "FILES$",
      keytab_path: "/kerberos-machine/machine.keytab",
      dc_address: ["dc1.example.com", "dc2.example.com"],
    },
  });
});

test("the server is told of the directory what that operator's file says", () => {
  assert.ok(spec.identity.ldap !== undefined);
  assert.partialDeepStrictEqual(ldapSettings(spec.identity.ldap), {
    enabled: true,
    url: "ldap://dc.example.com:389",
    start_tls: true,
    allow_plaintext: false,
    base_dn: "DC=example,DC=com",
    bind_dn: "CN=reader,DC=example,DC=com",
    user_attr: "sAMAccountName",
    realm: "EXAMPLE.COM",
    idmap: "rid",
    nested_groups: true,
    tls: { ca_cert_file: "/etc/ssl/certs/ca-certificates.crt", insecure_skip_verify: true },
  });
});

test("the pod has the same files, readable for the server's group alone, and the account's password in its environment", () => {
  const mounted = template?.volumes?.flatMap(({ name, secret }) =>
    (secret?.items ?? []).map(({ key, path }) => {
      const mount = template.containers[0]?.volumeMounts?.find((each) => each.name === name);
      return `${mount?.mountPath}/${path} ${secret?.secretName}/${key} ${secret?.defaultMode?.toString(8)}`;
    }),
  );
  assert.deepEqual(mounted, [
    "/kerberos/dittofs.keytab domain/files.keytab 440",
    "/kerberos-krb5/krb5.conf domain/krb5.conf 440",
    "/kerberos-machine/machine.keytab domain/account.keytab 440",
  ]);
  const variable = template?.containers[0]?.env?.find(({ name }) => name === "DITTOFS_KERBEROS_MACHINE_ACCOUNT_SECRET");
  assert.deepEqual(variable?.valueFrom?.secretKeyRef, { name: "domain", key: "account" });
});
