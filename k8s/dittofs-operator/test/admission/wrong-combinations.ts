import { type RefusedCreation, refused } from "./refused-creation.ts";

const volumes = { metadataSize: "1Gi", contentSize: "1Gi" };

/** What a rule over several fields refuses. */
export const wrongCombinations: readonly RefusedCreation[] = [
  refused(
    "two listeners on one port: API and NFS",
    { nfs: { containerPort: 8080 } },
    "spec.nfs.containerPort",
    "controlPlane.port must differ",
  ),
  refused(
    "two listeners on one port: API and SMB",
    { controlPlane: { port: 12_445 } },
    "spec.smb.containerPort",
    "controlPlane.port must differ",
  ),
  refused(
    "two listeners on one port: NFS and SMB",
    { nfs: { containerPort: 12_445 } },
    "spec.nfs.containerPort",
    "smb.containerPort must differ",
  ),
  refused(
    "badger without the metadata volume",
    { stores: { metadata: [{ name: "a", type: "badger" }] } },
    "spec.stores.metadata",
    "set storage.metadataSize",
  ),
  refused(
    "sqlite without the metadata volume",
    { storage: { contentSize: "1Gi" }, stores: { metadata: [{ name: "a", type: "sqlite" }] } },
    "spec.stores.metadata",
    "set storage.metadataSize",
  ),
  refused(
    "settings of badger on another kind of store",
    { storage: volumes, stores: { metadata: [{ name: "a", type: "sqlite", badger: { blockCacheMB: 1 } }] } },
    "spec.stores.metadata[0].badger",
    "badger is for the type badger only",
  ),
  refused(
    "an unknown kind of store",
    { stores: { metadata: [{ name: "a", type: "redis" }] } },
    "spec.stores.metadata[0].type",
    '"badger"',
  ),
  refused(
    "a store with a slash in its name",
    { stores: { local: [{ name: "a/b", type: "memory" }] } },
    "spec.stores.local[0].name",
    "must be lower-case letters",
  ),
  refused(
    "two stores of one name",
    {
      stores: {
        local: [
          { name: "a", type: "memory" },
          { name: "a", type: "memory" },
        ],
      },
    },
    "spec.stores.local[1]",
    "Duplicate value",
  ),
  refused(
    "a filesystem store that says nothing of its volume",
    { storage: volumes, stores: { local: [{ name: "a", type: "filesystem" }] } },
    "spec.stores.local[0].filesystem",
    "must be given for the type filesystem",
  ),
  refused(
    "a memory store on a volume",
    { storage: volumes, stores: { local: [{ name: "a", type: "memory", filesystem: { volume: "content" } }] } },
    "spec.stores.local[0].filesystem",
    "and for no other",
  ),
  refused(
    "a store on a content volume that is not there",
    { stores: { local: [{ name: "a", type: "filesystem", filesystem: { volume: "content" } }] } },
    "spec.stores.local",
    "set storage.contentSize",
  ),
  refused(
    "a store on a cache volume that is not there",
    { storage: volumes, stores: { local: [{ name: "a", type: "filesystem", filesystem: { volume: "cache" } }] } },
    "spec.stores.local",
    "set storage.cacheSize",
  ),
  refused(
    "a store whose path climbs out of the volume",
    {
      storage: volumes,
      stores: { local: [{ name: "a", type: "filesystem", filesystem: { volume: "content", path: "../up" } }] },
    },
    "spec.stores.local[0].filesystem.path",
    "without ..",
  ),
  refused(
    "a store with an absolute path",
    {
      storage: volumes,
      stores: { local: [{ name: "a", type: "filesystem", filesystem: { volume: "content", path: "/etc" } }] },
    },
    "spec.stores.local[0].filesystem.path",
    "must be a relative directory",
  ),
  refused(
    "a share on a metadata store that nobody declares",
    { shares: [{ name: "/a", metadataStore: "fast" }] },
    "spec.shares",
    "shares[].metadataStore must name a store of stores.metadata",
  ),
  refused(
    "a share on a local store that nobody declares",
    { stores: { metadata: [{ name: "fast", type: "memory" }] }, shares: [{ name: "/a", localStore: "fast" }] },
    "spec.shares",
    "shares[].localStore must name a store of stores.local",
  ),
  refused(
    "a share in upper case while SMB is on",
    { shares: [{ name: "/Export" }] },
    "spec.shares",
    "shares[].name must be one lower-case component",
  ),
  refused(
    "a share of two components while SMB is on",
    { shares: [{ name: "/a/b" }] },
    "spec.shares",
    "shares[].name must be one lower-case component",
  ),
  refused(
    "less time to stop than the server takes",
    { terminationGracePeriodSeconds: 104 },
    "spec.terminationGracePeriodSeconds",
    "5 + 3 x config.shutdownTimeout + 10",
  ),
  refused(
    "less time to stop than a longer timeout needs",
    { terminationGracePeriodSeconds: 106, config: { shutdownTimeout: "30500ms" } },
    "spec.terminationGracePeriodSeconds",
    "5 + 3 x config.shutdownTimeout + 10",
  ),
];
