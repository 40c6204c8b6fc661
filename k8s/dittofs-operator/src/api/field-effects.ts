/** What a change of a field can do to a server that runs. */
export const changeEffects = {
  nothing: "The server and its objects stay as they are; the operator itself behaves differently.",
  live: "It is carried out while the server goes on.",
  restart: "The server restarts exactly once.",
  setThenRestart: "It is set over the REST API, and then the server restarts exactly once to take it up.",
  refused: "The API server refuses it.",
} as const satisfies Readonly<Record<string, string>>;

export type ChangeEffect = keyof typeof changeEffects;

export type FieldEffect = {
  readonly effect: ChangeEffect;
  /** When it is otherwise, in a sentence. */
  readonly but?: string;
};

const nothing: FieldEffect = { effect: "nothing" };
const live: FieldEffect = { effect: "live" };
const restart: FieldEffect = { effect: "restart" };
const setThenRestart: FieldEffect = { effect: "setThenRestart" };
const refused: FieldEffect = { effect: "refused" };
const but = (row: FieldEffect, sentence: string): FieldEffect => ({ ...row, but: sentence });

const volumeSize = but(live, "A volume that is added restarts the server once; shrinking and removing is refused.");

const keptClass = but(refused, "It can change together with the Service's type.");
const keptFamily = but(refused, "A second family can be added and removed.");

/** The server reads it when it loads the share. */
const readWithShare = but(
  setThenRestart,
  "A share that is created has it without a restart, but for what NFS alone keeps.",
);

/**
 * For every field of the spec what a change of it does. A row holds for all fields below its path that have no nearer row. Tests hold it
 * against the plan and against a real API server.
 */
export const fieldEffects: Readonly<Record<string, FieldEffect>> = {
  replicas: but(live, "0 stops the server, 1 starts it."),
  paused: but(nothing, "What was held back is made up for when it becomes false."),
  deletionPolicy: live,
  deletionProtection: nothing,

  "storage.metadataSize": volumeSize,
  "storage.contentSize": volumeSize,
  "storage.cacheSize": volumeSize,
  "storage.controlPlaneSize": but(live, "Shrinking and removing is refused."),
  "storage.storageClassName": but(refused, "It can be added, for volumes that are made later."),
  "storage.classes": but(refused, "A class can be added, for a volume that is made later."),
  "storage.accessMode": refused,

  shares: live,
  "shares[].name": but(
    live,
    "Another name is another share; the earlier one is disabled and keeps its data, or under the deletionPolicy Delete removed.",
  ),
  "shares[].metadataStore": refused,
  "shares[].localStore": refused,
  "shares[].remoteStore": refused,
  "shares[].owner": refused,
  "shares[].localStoreSize": readWithShare,
  "shares[].readBufferSize": readWithShare,
  "shares[].encryptData": readWithShare,
  "shares[].nfs": readWithShare,
  "shares[].nfs.squash": live,
  "shares[].nfs.allowedClients": live,
  "shares[].nfs.anonymousUid": live,
  "shares[].nfs.anonymousGid": live,
  "shares[].smb": readWithShare,
  stores: live,
  "stores.metadata[].type": refused,
  "stores.metadata[].postgres": but(setThenRestart, "Another database or host is refused."),
  "stores.metadata[].postgres.database": refused,
  "stores.metadata[].postgres.percona": refused,
  "stores.metadata[].badger": setThenRestart,
  "stores.local[].type": refused,
  "stores.local[].filesystem": refused,
  "stores.remote[].type": refused,
  "stores.remote[].s3": but(
    live,
    "When shares are on the store, the server then restarts once, as soon as the object store takes the access key.",
  ),
  "stores.remote[].s3.bucket": refused,
  "stores.remote[].s3.prefix": refused,
  "stores.remote[].s3.compression": refused,
  "stores.remote[].s3.encryption": refused,
  "stores.remote[].s3.encryption.keySecretRef": but(restart, "Another key is not taken up."),
  "stores.remote[].s3.encryption.keySecretRef.keyFileKey": but(
    live,
    "Another key is not taken up; the same one in another key file restarts the server once.",
  ),
  users: live,
  groups: live,
  snapshotPolicies: live,

  nfs: live,
  "nfs.containerPort": restart,
  "nfs.tls.certSecretName": but(
    restart,
    "A renewed certificate in the same Secret is taken up while the server goes on.",
  ),
  "nfs.tls.clientCASecretName": restart,
  "nfs.tls.mode": but(live, "Connections of NFS clients are cut once."),
  smb: live,
  "smb.containerPort": restart,
  service: live,
  adapterServices: live,
  "nfs.service.loadBalancerClass": keptClass,
  "smb.service.loadBalancerClass": keptClass,
  "service.loadBalancerClass": keptClass,
  "nfs.service.ipFamilies": keptFamily,
  "smb.service.ipFamilies": keptFamily,
  "service.ipFamilies": keptFamily,
  loadBalancer: nothing,
  networkPolicy: live,
  metrics: but(restart, "While enabled is false nothing happens."),
  "metrics.serviceMonitor": live,
  "metrics.tls.certSecretName": but(
    restart,
    "A renewed certificate in the same Secret is taken up while the server goes on.",
  ),

  "database.type": but(refused, "A database does not move between SQLite and PostgreSQL."),
  "database.postgresSecretRef": but(restart, "It can be added or removed only where there was another reference."),
  "database.postgres": restart,
  "database.sqlite.path": refused,
  "database.sqlite.persistent": but(refused, "Switching it on restarts the server once, with an empty database."),
  percona: but(live, "Only the database's cluster changes, if Percona's operator can change it."),
  "percona.enabled": refused,
  "percona.clusterName": refused,
  "percona.databaseName": refused,
  "percona.sslMode": restart,
  controlPlane: restart,
  "controlPlane.ingress": live,
  "controlPlane.tls": nothing,
  "controlPlane.operatorClientCertSecretName": nothing,
  "controlPlane.certSecretName": but(
    restart,
    "A renewed certificate in the same Secret is taken up while the server goes on.",
  ),
  identity: restart,
  "identity.type": nothing,
  "identity.ldap": live,
  "identity.ldap.enabled": but(live, "With a Secret that is mounted the server restarts once."),
  "identity.ldap.caCertSecretRef": but(restart, "A changed Secret of the same name does not."),
  "identity.ldap.clientCertSecretName": but(restart, "A changed Secret of the same name does not."),
  "identity.kerberos": live,
  "identity.kerberos.enabled": but(
    restart,
    "Switched on again on a server that has had it, it takes a second restart.",
  ),
  "identity.kerberos.servicePrincipal": setThenRestart,
  "identity.kerberos.keytabSecretRef": but(restart, "A changed Secret of the same name does not."),
  "identity.kerberos.realm": setThenRestart,
  "identity.kerberos.netbiosDomain": setThenRestart,
  "identity.kerberos.dnsDomain": setThenRestart,
  "identity.kerberos.krb5ConfSecretRef": restart,
  "identity.kerberos.krb5Conf": setThenRestart,
  "identity.kerberos.maxClockSkew": setThenRestart,
  "identity.kerberos.contextTTL": setThenRestart,
  "identity.kerberos.maxContexts": setThenRestart,
  "identity.kerberos.machineAccount": setThenRestart,
  "identity.kerberos.machineAccount.enabled": but(
    restart,
    "While Kerberos is enabled, it can take a second restart, because the server keeps the account in its database.",
  ),
  "identity.kerberos.machineAccount.secretRef": but(restart, "A changed Secret of the same name does not."),
  "identity.kerberos.machineAccount.keytabSecretRef": restart,
  logging: restart,
  config: restart,
  extraConfig: restart,
  adapterDiscovery: nothing,

  pod: restart,
  probes: restart,
  image: restart,
  imagePullPolicy: restart,
  imagePullSecrets: restart,
  resources: restart,
  terminationGracePeriodSeconds: restart,
  securityContext: restart,
  podSecurityContext: restart,
};

/** The row of a field: its own, or that of the nearest field above it. */
export function fieldEffect(path: string): FieldEffect | undefined {
  const rowPath = fieldEffectPath(path);
  return rowPath === undefined ? undefined : fieldEffects[rowPath];
}

/** Where that row stands. */
export function fieldEffectPath(path: string): string | undefined {
  if (path === "" || path in fieldEffects) return path === "" ? undefined : path;
  const above = path.endsWith("[]") ? path.length - "[]".length : Math.max(path.lastIndexOf("."), 0);
  return fieldEffectPath(path.slice(0, above));
}
