import type { Place } from "./places.ts";

type ChosenChange = {
  /** Name of the golden input; the first that has the field otherwise. */
  readonly input?: string;
  /** Where in its spec; the first place that has the field otherwise. */
  readonly place?: Place;
  /** Instead of values made from the schema; undefined leaves the field out. */
  readonly values?: readonly unknown[];
  /** No way leads back to the value before: the API server would refuse it. */
  readonly isFinal?: true;
  /** How often the way back restarts the server, where it is not as often as the way there. */
  readonly restartsBack?: number;
};

const address = { values: ["192.0.2.8"] };
const ranges = { values: [["198.51.100.0/24"]] };
/** What shares use cannot be renamed, and restarts the server for them. */
const spare = { input: "spare-stores" };
/** The first golden input that has the field says something that goes with it. */
const otherProfile = { input: "privileged", values: ["Unconfined"] };
/** What Kubernetes gave out and took back would not be the same again; here the ports are named. */
const serviceType = { input: "service-settings" };

/**
 * Fields for which no good value follows from the schema, or for which another golden input than the first that has it is better. A field
 * that the named input leaves out is added. A row holds for all fields below its path that have no nearer row.
 */
export const chosenChanges: Readonly<Record<string, ChosenChange>> = {
  replicas: { input: "shares", place: ["replicas"], values: [0] },
  paused: { input: "shares", place: ["paused"], values: [true] },
  "storage.metadataSize": { isFinal: true },
  "storage.contentSize": { isFinal: true },
  "storage.cacheSize": { isFinal: true },
  "storage.controlPlaneSize": { isFinal: true },
  "database.sqlite.persistent": { input: "settings", values: [false] },
  // What was given on a share is remembered as long as the share is kept.
  "shares[].name": { input: "gallery" },
  "shares[].snapshots.interval": { values: ["@daily"] },
  "shares[].retention.policy": { input: "archive-s3", values: ["lru"], place: ["shares", 1, "retention", "policy"] },
  "stores.metadata[].name": spare,
  "stores.local[].name": spare,
  "stores.remote[]": spare,
  "stores.remote[].s3.encryption": { input: "encrypted-store" },
  "stores.remote[].s3.endpoint": { ...spare, values: ["https://s3.example.org"] },
  "stores.remote[].s3.prefix": { ...spare, values: ["elsewhere/"] },
  "nfs.enabled": { input: "service-settings", place: ["nfs", "enabled"], values: [false] },
  "smb.enabled": { input: "service-settings", place: ["smb", "enabled"], values: [false] },
  "nfs.service.type": serviceType,
  "smb.service.type": serviceType,
  "service.type": serviceType,
  "adapterServices.type": { input: "scratch" },
  "nfs.service.nodePort": { values: [30_042] },
  "smb.service.nodePort": { values: [30_056] },
  "service.nodePort": { values: [30_070] },
  "nfs.service.loadBalancerIP": address,
  "smb.service.loadBalancerIP": address,
  "service.loadBalancerIP": address,
  "nfs.service.loadBalancerSourceRanges": ranges,
  "smb.service.loadBalancerSourceRanges": ranges,
  "service.loadBalancerSourceRanges": ranges,
  "controlPlane.pprof": { input: "settings", place: ["controlPlane", "pprof"], values: [true] },
  "config.shutdownTimeout": { input: "settings" },
  "identity.ldap.enabled": { input: "registry" },
  "identity.kerberos.enabled": { restartsBack: 2 },
  "identity.kerberos.machineAccount.enabled": { input: "member" },
  // The same file by another path: the image has no other.
  "identity.kerberos.krb5Conf": { values: ["/etc/../etc/krb5.conf"] },
  extraConfig: { values: [{ metrics: { enabled: false } }] },
  "pod.affinity": { values: [{ podAntiAffinity: {} }] },
  "pod.env[].value": { values: ["WARN"] },
  "pod.env[].name": { values: ["DITTOFS_LOGGING_FORMAT"] },
  // One that nothing mounts, and another that is there.
  "pod.volumes[].name": { input: "pod-contents", place: ["pod", "volumes", 2, "name"] },
  "pod.volumeMounts[].mountPath": { input: "pod-contents" },
  "pod.volumeMounts[].readOnly": {
    input: "pod-contents",
    place: ["pod", "volumeMounts", 2, "readOnly"],
    values: [true],
  },
  "pod.volumeMounts[].name": { input: "pod-contents", values: ["projected"] },
  "pod.tolerations[].operator": { values: [undefined] },
  "pod.tolerations[].effect": { input: "placement", place: ["pod", "tolerations", 1, "effect"] },
  "pod.priorityClassName": { values: ["system-node-critical"] },
  "pod.hostAliases[].ip": address,
  "securityContext.privileged": { input: "privileged" },
  "securityContext.seccompProfile.type": otherProfile,
  "securityContext.appArmorProfile.type": otherProfile,
  "podSecurityContext.seccompProfile.type": otherProfile,
  "podSecurityContext.appArmorProfile.type": otherProfile,
  // The other value is for clusters with a feature that is off where nobody asks for it.
  "podSecurityContext.seLinuxChangePolicy": { values: [undefined] },
  "smb.settings.maxDialect": { values: ["SMB3.1.1"] },
  // The other value needs a user namespace for the pod, which has no field.
  "securityContext.procMount": { values: [undefined] },
};
