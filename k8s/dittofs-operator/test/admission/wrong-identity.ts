import { type RefusedCreation, refused } from "./refused-creation.ts";

const secretRef = { name: "directory", key: "password" };
const ldap = {
  enabled: true,
  url: "ldaps://dc.example.com:636",
  baseDN: "DC=example,DC=com",
  bindDN: "CN=dittofs,DC=example,DC=com",
  bindPasswordSecretRef: secretRef,
};
const kerberos = {
  enabled: true,
  servicePrincipal: "nfs/files.example.com@EXAMPLE.COM",
  keytabSecretRef: { name: "keytab", key: "dittofs.keytab" },
};
const without = (object: object, field: string): object =>
  Object.fromEntries(Object.entries(object).filter(([name]) => name !== field));
const withLdap = (changes: object) => ({ identity: { ldap: { ...ldap, ...changes } } });
const withKerberos = (changes: object) => ({ identity: { kerberos: { ...kerberos, ...changes } } });
const withAccount = (machineAccount: object) => withKerberos({ machineAccount });

/** What the rules about directories and domains refuse. */
export const wrongIdentity: readonly RefusedCreation[] = [
  ...["url", "baseDN", "bindDN", "bindPasswordSecretRef"].map((field) =>
    refused(
      `a directory without ${field}`,
      { identity: { ldap: without(ldap, field) } },
      `spec.identity.ldap.${field}`,
      `${field} must be given while enabled is true`,
    ),
  ),
  refused(
    "a password in clear over the network",
    withLdap({ url: "ldap://dc.example.com" }),
    "spec.identity.ldap.url",
    "set startTLS, use ldaps://, or set allowPlaintext",
  ),
  refused("a directory on the web", withLdap({ url: "https://dc" }), "ldap.url", "must be an address such as ldaps://"),
  refused(
    "an address without a host",
    withLdap({ url: "ldaps://" }),
    "ldap.url",
    "must be an address such as ldaps://",
  ),
  refused("a blank base", withLdap({ baseDN: "  " }), "ldap.baseDN", "must be a distinguished name"),
  refused("a blank account", withLdap({ bindDN: " " }), "ldap.bindDN", "must be a distinguished name"),
  refused(
    "an attribute that is none",
    withLdap({ userAttr: "mail)(" }),
    "ldap.userAttr",
    "must be the name of an attribute",
  ),
  refused("an unknown source of ids", withLdap({ idmap: "nss" }), "ldap.idmap", '"rfc2307"'),
  refused("a time without a unit", withLdap({ timeout: "10" }), "ldap.timeout", "must be a duration from 1s to 10m"),
  refused(
    "certificates from two places",
    withLdap({ caCertFile: "/ca.crt", caCertSecretRef: secretRef }),
    "spec.identity.ldap.caCertFile",
    "keep one of them",
  ),
  refused(
    "certificates at no place",
    withLdap({ caCertFile: "ca.crt" }),
    "ldap.caCertFile",
    "must be a path from the root",
  ),
  ...["servicePrincipal", "keytabSecretRef"].map((field) =>
    refused(
      `Kerberos without ${field}`,
      { identity: { kerberos: without(kerberos, field) } },
      `spec.identity.kerberos.${field}`,
      `${field} must be given while enabled is true`,
    ),
  ),
  refused(
    "a principal with a space",
    withKerberos({ servicePrincipal: "nfs/a b@R" }),
    "kerberos.servicePrincipal",
    "must be a principal such as",
  ),
  refused("a realm with a slash", withKerberos({ realm: "A/B" }), "kerberos.realm", "such as EXAMPLE.COM"),
  refused("a domain with an @", withKerberos({ dnsDomain: "a@b" }), "kerberos.dnsDomain", "such as example.com"),
  refused(
    "a DNS name for a short name",
    withKerberos({ netbiosDomain: "example.com" }),
    "kerberos.netbiosDomain",
    "must be the domain's short name without dots",
  ),
  refused(
    "a krb5.conf at no place",
    withKerberos({ krb5Conf: "krb5.conf" }),
    "kerberos.krb5Conf",
    "must be a path from the root",
  ),
  refused("clocks of different days", withKerberos({ maxClockSkew: "25h" }), "maxClockSkew", "from 1s to 24h"),
  refused("contexts of seconds", withKerberos({ contextTTL: "5s" }), "contextTTL", "from 1m to 720h"),
  refused(
    "a principal of two words",
    withKerberos({ identityMapping: { principals: [{ principal: "a b@R", user: "a" }] } }),
    "identityMapping.principals[0].principal",
    "must be a principal without spaces",
  ),
  refused(
    "one principal for two users",
    withKerberos({
      identityMapping: {
        principals: [
          { principal: "a@R", user: "a" },
          { principal: "a@R", user: "b" },
        ],
      },
    }),
    "identityMapping.principals[1]",
    "Duplicate value",
  ),
  refused(
    "a machine account without a name",
    withAccount({ enabled: true, secretRef }),
    "kerberos.machineAccount.accountName",
    "accountName must be given while enabled is true",
  ),
  refused(
    "a machine account without a credential",
    withAccount({ enabled: true, accountName: "FILES$" }),
    "kerberos.machineAccount.secretRef",
    "secretRef must be given while enabled is true",
  ),
  refused("an unknown place for users", { identity: { type: "ldap" } }, "identity.type", '"memory"'),
  refused(
    "half a security identifier",
    { identity: { machineSid: "S-1-5-21-1-2" } },
    "machineSid",
    "must be of the form",
  ),
];
