/** A spec at the edge of what is allowed: the other side of a refusal. */
export type AcceptedCreation = { readonly because: string; readonly spec: unknown; readonly name?: string };

const row = (because: string, spec: unknown): AcceptedCreation => ({ because, spec });
const volumes = { metadataSize: "1Gi", contentSize: "1Gi", cacheSize: "1Gi" };

export const acceptedCreations: readonly AcceptedCreation[] = [
  row("nothing: everything has a default", {}),
  row("a stopped server", { replicas: 0, paused: true, deletionPolicy: "Delete" }),
  { because: "the longest name", spec: {}, name: "a".repeat(52) },
  row("an image by digest, from a registry with a port", {
    image: `registry.example.com:5000/a/b@sha256:${"0".repeat(64)}`,
  }),
  row("the smallest and the largest size", { storage: { metadataSize: "1Mi", contentSize: "1024Pi" } }),
  row("a size in decimal units and with a fraction", { storage: { metadataSize: "1.5Gi", contentSize: "20G" } }),
  row("the shortest and a composed duration", {
    config: { shutdownTimeout: "1s" },
    adapterDiscovery: { pollingInterval: "1h30m" },
  }),
  row("exactly the time that the server takes to stop", { terminationGracePeriodSeconds: 105 }),
  row("exactly the time, with a fraction of a second", {
    terminationGracePeriodSeconds: 107,
    config: { shutdownTimeout: "30500ms" },
  }),
  row("one port number for Services of their own", { nfs: { port: 8080 }, smb: { port: 8080 } }),
  row("a port that a protocol which is off leaves free", { nfs: { enabled: false, containerPort: 8080 } }),
  row("equal ports of protocols of which one is off", { smb: { enabled: false }, nfs: { containerPort: 12_445 } }),
  row("paths of several components, while SMB is off", {
    smb: { enabled: false },
    shares: [{ name: "/a/B" }, { name: "/a" }],
  }),
  row("the longest share", { shares: [{ name: `/${"a".repeat(79)}` }] }),
  row("the default stores by their name", {
    shares: [{ name: "/a", metadataStore: "default", localStore: "default" }],
  }),
  row("stores on every volume", {
    storage: volumes,
    stores: {
      metadata: [
        { name: "a", type: "badger", badger: { blockCacheMB: 0, indexCacheMB: 1_048_576, relaxedDurability: false } },
        { name: "d", type: "sqlite" },
        { name: "b", type: "memory" },
      ],
      local: [
        { name: "a", type: "filesystem", filesystem: { volume: "content", path: "x/y" } },
        { name: "b", type: "filesystem", filesystem: { volume: "cache" } },
        { name: "c", type: "memory" },
      ],
    },
    shares: [{ name: "/a", metadataStore: "a", localStore: "b" }],
  }),
  row("remote stores of every kind, two of them in one bucket, as many as the list takes", {
    stores: {
      remote: [
        { name: "scratch", type: "memory" },
        ...Array.from({ length: 15 }, (_, at) => ({
          name: `s3-${at}`,
          type: "s3",
          s3: {
            bucket: "files.example.com",
            prefix: `team/${at}/`,
            region: "eu-central-1",
            endpoint: "https://s3.example.com:9000/",
            forcePathStyle: false,
            allowPrivateEndpoint: true,
            credentialsSecretRef: { name: "keys", accessKeyIdKey: "id", secretAccessKeyKey: "key" },
            parallelUploads: 256,
            compression: "lz4",
          },
        })),
      ],
    },
    shares: Array.from({ length: 256 }, (_, at) => ({
      name: `/share-${at}`,
      remoteStore: `s3-${at % 15}`,
      retention: { policy: "ttl", ttl: "1m" },
    })),
  }),
  row("a request equal to its limit, one a number and one a text", {
    resources: { requests: { cpu: 1, memory: "1Gi" }, limits: { cpu: "1000m", memory: "1024Mi" } },
  }),
  row("a request without a limit, and resources with a domain", {
    resources: { requests: { cpu: "10m" }, limits: { "example.com/nic": 1, "hugepages-2Mi": "4Mi" } },
  }),
  row("annotation names with and without a domain", {
    service: { annotations: { "example.com/pool-name": "a", plain_name: "" } },
  }),
  row("the security context that a hardened namespace asks for", {
    securityContext: {
      runAsNonRoot: true,
      capabilities: { drop: ["ALL"] },
      seccompProfile: { type: "RuntimeDefault" },
    },
    podSecurityContext: {
      runAsUser: 65_532,
      fsGroup: 65_532,
      sysctls: [{ name: "net.core.somaxconn", value: "1024" }],
    },
  }),
  row("settings at their bounds, times in any spelling, and one dialect only", {
    nfs: { settings: { leaseTime: "10s", gracePeriod: "60m", maxDelegations: 0, blockedOperations: [] } },
    smb: { settings: { minDialect: "SMB3.1.1", maxDialect: "SMB3.1.1", sessionTimeout: "24h", maxSessions: 1 } },
  }),
  row("as many snapshot policies as the lists take, of other shares than those with snapshots", {
    shares: Array.from({ length: 256 }, (_, at) => ({
      name: `/share-${at}`,
      snapshots: { interval: "@weekly", keepLast: 0, ttl: "0s", namePrefix: "" },
    })),
    snapshotPolicies: Array.from({ length: 256 }, (_, at) => ({ share: `/other-${at}`, interval: "1h30m" })),
  }),
  row("as many users and groups as the lists take", {
    groups: Array.from({ length: 128 }, (_, at) => ({ name: `group-${at}`, gid: 2000 + at })),
    users: Array.from({ length: 512 }, (_, at) => ({
      name: `user_${at}.x`,
      uid: 4_294_967_294 - at,
      groups: Array.from({ length: 32 }, (__, group) => `group-${group}`),
      passwordSecretRef: { name: "people", key: `user_${at}` },
    })),
  }),
  row("a share with every setting at its bound", {
    shares: [
      {
        name: "/a",
        owner: "alice",
        quota: "1Mi",
        readBufferSize: "1024Pi",
        encryptData: true,
        trash: { enabled: false, retentionDays: 0, maxSize: "1Mi", restrictToAdmin: true, excludePatterns: [] },
        nfs: {
          squash: "none",
          allowedClients: ["10.0.0.0/8", "2001:db8::/32"],
          anonymousUid: 0,
          anonymousGid: 4_294_967_294,
          allowAuthSys: false,
          requireKerberos: true,
          minKerberosLevel: "krb5i",
          disableReaddirplus: true,
        },
        smb: {
          accessBasedEnumeration: true,
          changeNotifyDisabled: true,
          streamsDisabled: true,
          continuousAvailability: true,
          allowMFSymlink: true,
          aclFlagInheritedCanonicalization: false,
        },
      },
    ],
  }),
  row("as many shares as the list takes", {
    shares: Array.from({ length: 256 }, (_, at) => ({
      name: `/share-${at}`,
      metadataStore: "default",
      localStore: "default",
      permissions: {
        users: [{ name: "alice", level: "none" }],
        groups: [{ name: "staff", level: "read-write" }],
        sids: [{ sid: "S-1-5-21-1-2-3-1107", level: "read", isGroup: false, displayName: "CORP\\Eng" }],
      },
    })),
  }),
];
