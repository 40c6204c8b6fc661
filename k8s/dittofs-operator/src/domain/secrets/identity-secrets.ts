import type { MountedSecret } from "./mounted-secrets.ts";
import { valueProblems } from "./value-problems.ts";

/** The directory's certificates. The server reads them at each connection, as it does its own. */
export const ldapCa = {
  field: "spec.identity.ldap.caCertSecretRef",
  reference: ({ spec: { identity } }) => (identity.ldap?.enabled === true ? identity.ldap.caCertSecretRef : undefined),
  delivery: { kind: "file", volume: "ldap-ca", directory: "/ldap-ca", fileName: "ca.crt" },
  problem: valueProblems.certificate,
  needsRestart: () => false,
} satisfies MountedSecret;

const ldapClient = (key: string): MountedSecret["reference"] => {
  return ({ spec: { identity } }) => {
    const name = identity.ldap?.enabled === true ? identity.ldap.clientCertSecretName : undefined;
    return name === undefined ? undefined : { name, key };
  };
};

export const ldapClientCertificate = {
  field: "spec.identity.ldap.clientCertSecretName",
  reference: ldapClient("tls.crt"),
  delivery: { kind: "file", volume: "ldap-client", directory: "/ldap-client", fileName: "tls.crt" },
  problem: valueProblems.certificate,
  needsRestart: () => false,
} satisfies MountedSecret;

export const ldapClientKey = {
  field: "spec.identity.ldap.clientCertSecretName",
  reference: ldapClient("tls.key"),
  delivery: { kind: "file", volume: "ldap-client", directory: "/ldap-client", fileName: "tls.key" },
  problem: valueProblems.privateKey,
  needsRestart: () => false,
} satisfies MountedSecret;

/** The server looks for a new one every minute. One that it cannot load ends every start of it. */
export const keytab = {
  field: "spec.identity.kerberos.keytabSecretRef",
  reference: ({ spec: { identity } }) =>
    identity.kerberos?.enabled === true ? identity.kerberos.keytabSecretRef : undefined,
  delivery: { kind: "file", volume: "kerberos-keytab", directory: "/kerberos", fileName: "dittofs.keytab" },
  problem: valueProblems.keytab,
  needsRestart: () => false,
} satisfies MountedSecret;

export const krb5Conf = {
  field: "spec.identity.kerberos.krb5ConfSecretRef",
  reference: ({ spec: { identity } }) =>
    identity.kerberos?.enabled === true ? identity.kerberos.krb5ConfSecretRef : undefined,
  delivery: { kind: "file", volume: "kerberos-krb5", directory: "/kerberos-krb5", fileName: "krb5.conf" },
  problem: valueProblems.filled,
  needsRestart: () => true,
} satisfies MountedSecret;

export const machineSecret = {
  field: "spec.identity.kerberos.machineAccount.secretRef",
  reference: ({ spec: { identity } }) =>
    identity.kerberos?.machineAccount?.enabled === true ? identity.kerberos.machineAccount.secretRef : undefined,
  delivery: { kind: "environment", variable: "DITTOFS_KERBEROS_MACHINE_ACCOUNT_SECRET" },
  problem: valueProblems.filled,
  // With Kerberos the server keeps it in its database, where a changed one is set; without, it reads the variable each time.
  needsRestart: ({ spec }) => spec.identity.kerberos?.enabled !== true,
} satisfies MountedSecret;

export const machineKeytab = {
  field: "spec.identity.kerberos.machineAccount.keytabSecretRef",
  reference: ({ spec: { identity } }) =>
    identity.kerberos?.machineAccount?.enabled === true ? identity.kerberos.machineAccount.keytabSecretRef : undefined,
  delivery: {
    kind: "file",
    volume: "kerberos-machine-keytab",
    directory: "/kerberos-machine",
    fileName: "machine.keytab",
  },
  problem: valueProblems.keytab,
  needsRestart: () => true,
} satisfies MountedSecret;

/** What the server's process reads of directories and domains. */
export const identitySecrets: readonly MountedSecret[] = [
  ldapCa,
  ldapClientCertificate,
  ldapClientKey,
  keytab,
  krb5Conf,
  machineSecret,
  machineKeytab,
];
