/** What the operator itself puts into the server's pod, and what nothing of the user's may therefore be called or hide. */

/** Volumes of the pod, and claim templates. */
export const RESERVED_VOLUMES = [
  "config",
  "tmp",
  "metadata",
  "content",
  "cache",
  "controlplane",
  "tls-cert",
  "tls-client-ca",
  "nfs-tls",
  "nfs-client-ca",
  "metrics-tls",
  "metrics-client-ca",
  "metrics-token",
  "database-ca",
  "ldap-ca",
  "ldap-client",
  "kerberos-keytab",
  "kerberos-krb5",
  "kerberos-machine-keytab",
  "encryption-keys",
] as const;

export const RESERVED_CONTAINERS = ["dittofs", "wait-for-postgres"] as const;

/** Variables that hold secrets, and the one that follows from the memory limit. */
export const RESERVED_VARIABLES = [
  "DITTOFS_CONTROLPLANE_SECRET",
  "DITTOFS_ADMIN_INITIAL_PASSWORD",
  "DITTOFS_DATABASE_POSTGRES_PASSWORD",
  "DITTOFS_KERBEROS_MACHINE_ACCOUNT_SECRET",
  "DITTOFS_ENCRYPTION_PASSPHRASE",
  "DATABASE_URL",
  "GOMEMLIMIT",
] as const;

/** Directories of the server's container: its program, its configuration, its data, what it writes besides, its Secrets. */
export const RESERVED_PATHS = [
  "/app",
  "/config",
  "/data",
  "/tmp",
  "/tls",
  "/tls-client-ca",
  "/nfs-tls",
  "/nfs-client-ca",
  "/metrics-tls",
  "/metrics-client-ca",
  "/metrics-token",
  "/database-ca",
  "/ldap-ca",
  "/ldap-client",
  "/kerberos",
  "/kerberos-krb5",
  "/kerberos-machine",
  "/encryption-keys",
] as const;
