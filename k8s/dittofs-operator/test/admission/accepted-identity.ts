import type { AcceptedCreation } from "./accepted-creations.ts";

const secretRef = { name: "directory", key: "password" };
const keytabSecretRef = { name: "keytab", key: "dittofs.keytab" };
const ldap = { enabled: true, baseDN: "DC=a", bindDN: "CN=a", bindPasswordSecretRef: secretRef };

/** Directories and domains at the edge of what is allowed. */
export const acceptedIdentity: readonly AcceptedCreation[] = [
  { because: "a directory that is off and says nothing", spec: { identity: { ldap: {} } } },
  {
    because: "a directory in clear, where that is asked for",
    spec: { identity: { ldap: { ...ldap, url: "ldap://dc.example.com:389", allowPlaintext: true } } },
  },
  {
    because: "a directory that is encrypted after the first words, in capitals",
    spec: { identity: { ldap: { ...ldap, url: "LDAP://dc.example.com", startTLS: true } } },
  },
  { because: "an encrypted directory in capitals", spec: { identity: { ldap: { ...ldap, url: "LDAPS://DC" } } } },
  {
    because: "Kerberos as the Go operator has it: a principal and a keytab",
    spec: { identity: { kerberos: { enabled: true, servicePrincipal: "nfs/files", realm: "R", keytabSecretRef } } },
  },
  {
    because: "a machine account without Kerberos, with nothing but a keytab",
    spec: {
      identity: { kerberos: { machineAccount: { enabled: true, accountName: "FILES$", keytabSecretRef } } },
    },
  },
  {
    because: "everything that a directory and a domain can be told",
    spec: {
      identity: {
        type: "memory",
        machineSid: "S-1-5-21-1-22-4294967295",
        ldap: {
          ...ldap,
          url: "ldaps://dc.example.com/",
          userAttr: "uid",
          realm: "EXAMPLE.COM",
          idmap: "rid",
          nestedGroups: true,
          timeout: "10m",
          maxGroupResults: 100_000,
          caCertSecretRef: secretRef,
          clientCertSecretName: "client",
          insecureSkipVerify: false,
          minTLSVersion: "1.3",
        },
        kerberos: {
          enabled: true,
          servicePrincipal: "nfs/files.example.com@EXAMPLE.COM",
          keytabSecretRef,
          netbiosDomain: "EXAMPLE",
          dnsDomain: "example.com",
          krb5ConfSecretRef: { name: "krb5", key: "krb5.conf" },
          maxClockSkew: "24h",
          contextTTL: "1m",
          maxContexts: 1,
          identityMapping: { principals: [{ principal: "CORP\\alice", user: "alice" }] },
          machineAccount: { enabled: true, accountName: "FILES$", secretRef, dcAddress: ["dc1.example.com"] },
        },
      },
    },
  },
];
