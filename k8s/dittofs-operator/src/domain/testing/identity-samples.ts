/** A directory that needs nothing but its password. */
export const ldap = {
  enabled: true,
  url: "ldaps://dc.example.com",
  startTLS: false,
  allowPlaintext: false,
  baseDN: "DC=example,DC=com",
  bindDN: "CN=dittofs",
  bindPasswordSecretRef: { name: "directory", key: "password" },
} as const;

/** A realm that needs nothing but its keytab. */
export const kerberos = {
  enabled: true,
  servicePrincipal: "nfs/files.example.com@EXAMPLE.COM",
  keytabSecretRef: { name: "keytab", key: "dittofs.keytab" },
} as const;
