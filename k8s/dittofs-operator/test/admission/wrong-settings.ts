import { type RefusedCreation, refused } from "./refused-creation.ts";

/** What the rules about settings of protocols refuse. */
export const wrongSettings: readonly RefusedCreation[] = [
  refused("a number for a time", { nfs: { settings: { leaseTime: 90 } } }, "spec.nfs.settings.leaseTime", "string"),
  refused(
    "a lease that is too short",
    { nfs: { settings: { leaseTime: "9s" } } },
    "spec.nfs.settings.leaseTime",
    "must be a duration from 10s to 1h",
  ),
  refused(
    "a time that the server cannot count",
    { nfs: { settings: { gracePeriod: "10500ms" } } },
    "spec.nfs.settings.gracePeriod",
    "must be whole seconds",
  ),
  refused(
    "an operation in lower case",
    { nfs: { settings: { blockedOperations: ["mknod"] } } },
    "spec.nfs.settings.blockedOperations[0]",
    "must be an NFS operation in upper case",
  ),
  refused("a dialect that is none", { smb: { settings: { minDialect: "SMB1" } } }, "minDialect", '"SMB2.1"'),
  refused(
    "an oldest dialect that is newer than the newest",
    { smb: { settings: { minDialect: "SMB3.1.1", maxDialect: "SMB3.0.2" } } },
    "spec.smb.settings.minDialect",
    "minDialect must not be newer than maxDialect",
  ),
  refused(
    "no session at all",
    { smb: { settings: { maxSessions: 0 } } },
    "spec.smb.settings.maxSessions",
    "greater than or equal to 1",
  ),
  refused(
    "a rate of a profile that is not served",
    { controlPlane: { pprofMutexRate: 1 } },
    "spec.controlPlane.pprofMutexRate",
    "pprofMutexRate counts only while pprof is true",
  ),
  refused(
    "another rate of a profile that is not served",
    { controlPlane: { pprof: false, pprofBlockRateNs: 1 } },
    "spec.controlPlane.pprofBlockRateNs",
    "pprofBlockRateNs counts only while pprof is true",
  ),
  refused(
    "a log that goes nowhere",
    { logging: { output: "file" } },
    "spec.logging.output",
    "must be stdout, stderr or an absolute path",
  ),
  refused(
    "a log file on the read-only root",
    { logging: { output: "/var/log/dittofs.log" } },
    "spec.logging.output",
    "logging.output must lie below /tmp, /data/controlplane or a writable mount",
  ),
  refused(
    "a log file on a volume that cannot be written",
    {
      logging: { output: "/logs/a.log" },
      pod: {
        volumes: [{ name: "a", emptyDir: {} }],
        volumeMounts: [{ name: "a", mountPath: "/logs", readOnly: true }],
      },
    },
    "spec.logging.output",
    "logging.output must lie below /tmp, /data/controlplane or a writable mount",
  ),
  refused(
    "a rotation of the container's output",
    { logging: { rotation: { maxBackups: 1 } } },
    "spec.logging.rotation",
    "rotation is for a log file",
  ),
  refused(
    "the portmapper's port for nfs.containerPort",
    { nfs: { containerPort: 10_111, settings: { portmapper: true } } },
    "spec.nfs.containerPort",
    "nfs.containerPort must not be 10111 while nfs.settings.portmapper is true",
  ),
  refused(
    "the portmapper's port for smb.containerPort",
    { smb: { containerPort: 10_111 }, nfs: { settings: { portmapper: true } } },
    "spec.smb.containerPort",
    "smb.containerPort must not be 10111 while nfs.settings.portmapper is true",
  ),
  refused(
    "the portmapper's port for controlPlane.port",
    { controlPlane: { port: 10_111 }, nfs: { settings: { portmapper: true } } },
    "spec.controlPlane.port",
    "controlPlane.port must not be 10111 while nfs.settings.portmapper is true",
  ),
  refused(
    "the portmapper's port for metrics.port",
    { metrics: { enabled: true, port: 10_111 }, nfs: { settings: { portmapper: true } } },
    "spec.metrics.port",
    "metrics.port must not be 10111 while nfs.settings.portmapper is true",
  ),
  refused(
    "the portmapper's port for nfs.port",
    { nfs: { port: 111, settings: { portmapper: true } } },
    "spec.nfs.port",
    "nfs.port must not be 111 while nfs.settings.portmapper is true",
  ),
  refused(
    "an interval in words",
    { snapshotPolicies: [{ share: "/a", interval: "@yearly" }] },
    "spec.snapshotPolicies[0].interval",
    "must be a duration such as 24h, or @hourly",
  ),
  refused(
    "an interval of nothing",
    { shares: [{ name: "/a", snapshots: { interval: "10ms" } }] },
    "spec.shares[0].snapshots.interval",
    "must be from 1s to 8760h",
  ),
  refused(
    "a prefix that no name can have",
    { shares: [{ name: "/a", snapshots: { interval: "1h", namePrefix: "a b" } }] },
    "spec.shares[0].snapshots.namePrefix",
    "must consist of letters, digits, _ and -",
  ),
  refused(
    "an age in days",
    { shares: [{ name: "/a", snapshots: { interval: "1h", ttl: "7d" } }] },
    "spec.shares[0].snapshots.ttl",
    "must be a duration from 0s to 87600h",
  ),
  refused(
    "a share with snapshots in both spellings",
    {
      shares: [{ name: "/a", snapshots: { interval: "1h" } }],
      snapshotPolicies: [{ share: "/a", interval: "1h" }],
    },
    "spec.snapshotPolicies",
    "keep one of the two",
  ),
];
