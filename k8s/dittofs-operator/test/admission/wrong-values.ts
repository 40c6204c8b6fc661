import { type RefusedCreation, refused, refusedName } from "./refused-creation.ts";

const size = "must be a size from 1Mi to 1024Pi";

/** What a rule on one field refuses: sizes, durations, paths, names. */
export const wrongValues: readonly RefusedCreation[] = [
  refused("a size that is no quantity", { storage: { metadataSize: "5 gigs" } }, "spec.storage.metadataSize", size),
  refused(
    "a size with a unit that Kubernetes does not know",
    { storage: { contentSize: "20GB" } },
    "spec.storage.contentSize",
    size,
  ),
  refused("a volume of nothing", { storage: { cacheSize: "0Gi" } }, "spec.storage.cacheSize", size),
  refused(
    "a volume beyond what a number holds",
    { storage: { contentSize: "99999999999Ti" } },
    "spec.storage.contentSize",
    size,
  ),
  refused("a negative size", { storage: { controlPlaneSize: "-1Gi" } }, "spec.storage.controlPlaneSize", size),
  refused(
    "a number for a size",
    { storage: { metadataSize: 5 } },
    "spec.storage.metadataSize",
    "must be of type string",
  ),
  refused(
    "a share's size that is no quantity",
    { shares: [{ name: "/a", localStoreSize: "much" }] },
    "spec.shares[0].localStoreSize",
    size,
  ),
  refused(
    "a class of no possible name",
    { storage: { storageClassName: "Fast_SSD" } },
    "spec.storage.storageClassName",
    "must be a Kubernetes name",
  ),
  refused(
    "an access mode for several nodes",
    { storage: { accessMode: "ReadWriteMany" } },
    "spec.storage.accessMode",
    '"ReadWriteOncePod"',
  ),
  refused(
    "a duration without a unit",
    { config: { shutdownTimeout: "30" } },
    "spec.config.shutdownTimeout",
    "must be a duration from 1s to 1h",
  ),
  refused(
    "a duration whose last unit is missing",
    { adapterDiscovery: { pollingInterval: "1h30" } },
    "spec.adapterDiscovery.pollingInterval",
    "must be a duration",
  ),
  refused(
    "a duration in days",
    { identity: { jwt: { refreshTokenDuration: "7d" } } },
    "spec.identity.jwt.refreshTokenDuration",
    "must be a duration",
  ),
  refused(
    "an empty duration",
    { identity: { jwt: { accessTokenDuration: "" } } },
    "spec.identity.jwt.accessTokenDuration",
    "must be a duration",
  ),
  refused(
    "a negative duration",
    { adapterDiscovery: { pollingInterval: "-30s" } },
    "spec.adapterDiscovery.pollingInterval",
    "must be a duration",
  ),
  refused("no time at all", { config: { shutdownTimeout: "0s" } }, "spec.config.shutdownTimeout", "from 1s to 1h"),
  refused(
    "a stop that takes days",
    { config: { shutdownTimeout: "48h" } },
    "spec.config.shutdownTimeout",
    "from 1s to 1h",
  ),
  refused(
    "a database outside its volume",
    { database: { sqlite: { path: "/tmp/x.db" } } },
    "spec.database.sqlite.path",
    "under /data/controlplane",
  ),
  refused(
    "a database that climbs out of its volume",
    { database: { sqlite: { path: "/data/controlplane/../x.db" } } },
    "spec.database.sqlite.path",
    "under /data/controlplane",
  ),
  refused(
    "a directory for a database",
    { database: { sqlite: { path: "/data/controlplane" } } },
    "spec.database.sqlite.path",
    "under /data/controlplane",
  ),
  refused(
    "a share without its slash",
    { shares: [{ name: "export" }] },
    "spec.shares[0].name",
    "must be a path such as /export",
  ),
  refused(
    "a share that is the root",
    { shares: [{ name: "//" }] },
    "spec.shares[0].name",
    "must be a path such as /export",
  ),
  refused(
    "a share with a colon, which the server cannot load",
    { shares: [{ name: "/a:b" }] },
    "spec.shares[0].name",
    "must be a path such as /export",
  ),
  refused(
    "an amount that is no quantity",
    { resources: { limits: { cpu: "lots" } } },
    "spec.resources.limits",
    "must be a quantity",
  ),
  refused(
    "a negative amount",
    { resources: { requests: { memory: "-1Gi" } } },
    "spec.resources.requests",
    "not negative",
  ),
  refused(
    "a resource that no node has",
    { resources: { limits: { gpu: 1 } } },
    "spec.resources.limits",
    "cpu, memory, ephemeral-storage",
  ),
  refused(
    "a request above its limit",
    { resources: { requests: { cpu: "1500m" }, limits: { cpu: 1 } } },
    "spec.resources",
    "requests.cpu must not be above limits.cpu",
  ),
  refused(
    "a memory request above its limit",
    { resources: { requests: { memory: "2Gi" }, limits: { memory: "1G" } } },
    "spec.resources",
    "requests.memory must not be above limits.memory",
  ),
  refusedName(
    "a name that leaves no room for the pod's labels",
    "a".repeat(53),
    "metadata.name must have at most 52 characters",
  ),
  refusedName("a name that no Service can start with", "1files", "metadata.name must start with a letter"),
  refusedName("a name with a dot", "files.office", "metadata.name must start with a letter"),
];
