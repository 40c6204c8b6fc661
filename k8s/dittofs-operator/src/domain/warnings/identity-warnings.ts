import type { DittoServer } from "../../api/ditto-server.ts";

/** What the spec asks of directories and domains and the server does not do. */
export function identityWarnings({ spec: { identity } }: DittoServer): readonly string[] {
  const { ldap, kerberos } = identity;
  const account = kerberos?.machineAccount;
  const isMember = account?.enabled === true;
  const hasRealm = kerberos?.realm !== undefined || kerberos?.servicePrincipal?.includes("@") === true;
  return [
    ...(isMember && account.secretRef === undefined
      ? [
          "spec.identity.kerberos.machineAccount.keytabSecretRef is not used by DittoFS up to v0.29, and NTLM logins are not checked by the domain: give secretRef.",
        ]
      : []),
    ...(isMember && (kerberos?.netbiosDomain === undefined || !hasRealm)
      ? [
          "spec.identity.kerberos.machineAccount has no effect without netbiosDomain and a realm: give both, and domain controllers check NTLM logins.",
        ]
      : []),
    ...(ldap?.enabled === true && ldap.insecureSkipVerify === true
      ? [
          "spec.identity.ldap.insecureSkipVerify lets anybody in the network pretend to be the directory: give caCertSecretRef instead.",
        ]
      : []),
  ];
}
