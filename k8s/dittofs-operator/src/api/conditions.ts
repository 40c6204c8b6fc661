/** Every condition a DittoServer carries, with what True means. All of them are present from the first pass on. */
export const conditionTypes = {
  Ready:
    "A client can mount now: every other condition that mounting depends on holds for this generation of the spec.",
  ConfigReady: "The configuration file is rendered and every Secret that the server's process reads is usable.",
  StorageReady: "Every volume claim of the server is bound and as large as the spec asks.",
  DatabaseReady: "The control-plane database can be used.",
  Available: "The server's pod is ready.",
  Provisioned: "The DittoFS server holds the stores, shares, users and adapters that the spec asks for.",
  Reachable: "Every wanted Service has an address that clients can use.",
  Progressing: "Something is under way: the operator waits for a step that ends by itself.",
  Degraded: "The server serves, but something is wrong that needs a look.",
} as const satisfies Readonly<Record<string, string>>;

export type ConditionType = keyof typeof conditionTypes;

/** Every reason a condition can carry, with what the user does about it. Reasons are stable; messages are not. */
export const reasons = {
  AsWanted: "All is as the spec asks.",
  Serving: "Clients can mount now.",
  Rendered: "The configuration file is written and every Secret that it needs is usable.",
  PodReady: "The pod is ready.",
  Settled: "Nothing is under way.",
  Addressed: "Every wanted Service has an address.",
  NoVolumes: "The spec asks for no volume.",
  Bound: "Every volume claim is bound and has its size.",
  SQLite: "The control-plane database is a SQLite file inside the pod; there is nothing to wait for.",
  PostgreSQL: "The control-plane database is in PostgreSQL, and it answered when the pod started.",
  PerconaNotInstalled:
    "The cluster does not know Percona's kind PerconaPGCluster. Install Percona's operator for PostgreSQL; the rest follows by itself.",
  PerconaNotWatched:
    "Percona's operator does not work on the cluster, most often because it watches another namespace. Install it in this one, or let it watch all.",
  PerconaNotReady: "Percona's cluster is being made, or does not become ready. `kubectl describe pg` says more.",
  CredentialsMissing:
    "A Secret that says where the PostgreSQL database is, or with which password, is missing or cannot be used. The message names it and what to do.",
  DatabaseTaken:
    "Another DittoServer that is older has the PostgreSQL database. The message names it and what to do. Nothing is started there; a pod that runs is left alone.",
  Unreachable:
    "The PostgreSQL database does not answer as it should. The message says whether name, network, TLS, password or database is wrong. It is tried every second.",
  NotObservedYet: "The operator has not looked yet, or what it knows is about an earlier generation of the spec.",
  Paused: "`spec.paused` is true: the operator writes nothing but the status. Set it to false to go on.",
  Stopped: "`spec.replicas` is 0: no pod runs. Set it to 1 to start the server.",
  Waiting: "A step waits for something that comes by itself; the message names it.",
  Retrying: "The last pass failed in part and is tried again.",
  Provisioning: "Stores, shares or adapters are being made or changed on the server.",
  Draining:
    "The file server is about to stop, and what is not in the remote stores yet is uploaded before. The message says how much that is, and how long it is awaited at most.",
  Deleting: "The DittoServer is being deleted.",
  DeletionHeld:
    "The DittoServer is being deleted, `spec.deletionProtection` is true and somebody uses the server; the message says who, and how the deletion goes on.",
  ApplyRefused:
    "The API server refuses a child object as invalid; the message names the object and the field. Correct the spec.",
  WaitingForPrevious:
    "Objects of an earlier DittoServer of the same name are still being removed. Wait, or look at what holds them.",
  NameConflict:
    "An object with the name of a child exists and belongs to somebody else. It is left alone: remove or rename it, or name the DittoServer differently.",

  SecretNotFound: "A Secret that the spec names does not exist. Create it; a running pod is left alone meanwhile.",
  ReferenceNotFound:
    "The pod names an object that does not exist: a ConfigMap, a claim, a ServiceAccount, a PriorityClass or a RuntimeClass. Create it, or correct the name; a running pod is left alone meanwhile.",
  SecretKeyMissing: "A Secret that the spec names lacks the key. Add the key.",
  SecretInvalid: "A Secret's value cannot be used: too short, too long or of the wrong form. Correct it.",

  StorageClassNotFound:
    "A volume is to be made, and its StorageClass does not exist, or none is named and the cluster has no default. The message lists those that exist. Nothing is made until the class is there.",
  ClaimPending: "A volume claim is not bound. The message names the claim and what the provisioner says.",
  ClaimLost: "A bound volume has vanished. Restore it from a backup; the operator never replaces a volume.",

  Expanding: "A volume grows. The message names the claim and what the provisioner says.",
  ExpansionUnsupported:
    "A volume is to grow, and its StorageClass does not allow it. Set allowVolumeExpansion in the class if its provisioner can, or copy the data to a new server. Everything else of the spec is carried out.",

  PodPending: "The pod is not running yet. The message says what the scheduler or the kubelet waits for.",
  PodCrashLooping: "The server's process ends again and again. Its last words are in the pod's log.",
  ImagePullFailed: "The image cannot be pulled. Check `spec.image` and `spec.imagePullSecrets`.",
  RollingOut: "The pod is being replaced because the configuration, a Secret or the pod template changed.",

  ApiUnreachable: "The server's REST API does not answer, or answers nonsense. Nothing is deleted meanwhile.",
  AdminLoginFailed:
    "The server refuses the administrator's password. Put the password that the server knows into the Secret.",
  ShareFailed: "A share could not be made or changed. The others are not affected; see `status.shares`.",
  UserFailed:
    "A user could not be made or changed, or its password's Secret cannot be used. The message names the user and what to do; the others are not affected.",
  PermissionFailed:
    "A grant on a share could not be given or taken back. The message names it and gives the server's answer.",
  SnapshotPolicyFailed:
    "A snapshot policy could not be set or removed. The message names the share and gives the server's answer.",
  IdentityProviderFailed:
    "The directory (LDAP) or Kerberos could not be set up, or its Secret cannot be used. The message says which, and what to do; everything else goes on.",
  GroupFailed: "A group could not be made or changed. The message names it and gives the server's answer.",
  StoreFailed: "A store could not be made or changed. The message names it and gives the server's answer.",
  RemoteStoreUnavailable:
    "A remote store does not answer, or refuses the access key. Shares on it go on with what their local store holds; others are not affected.",
  AdapterFailed: "A protocol adapter does not serve on its port, or its settings could not be changed.",

  ServicePending: "A wanted Service does not exist yet.",
  LoadBalancerPending:
    "No load balancer has given the Service an address. Install one, or set the Service's type to NodePort or ClusterIP.",
  NodePortFallback: "No load balancer answered in time; clients reach the server through a node's address and port.",
} as const satisfies Readonly<Record<string, string>>;

export type Reason = keyof typeof reasons;

/** metav1.ConditionStatus. "Unknown" is said when it is unknown. */
export type ConditionStatus = "True" | "False" | "Unknown";

/** What one condition says now. `message` is for people: no timestamps, no counters, no secrets, so that it does not flap. */
export type ConditionVerdict = {
  readonly status: ConditionStatus;
  readonly reason: Reason;
  readonly message: string;
};

/** metav1.Condition, with our types and reasons. */
export type Condition = {
  readonly type: ConditionType;
  readonly status: ConditionStatus;
  readonly reason: Reason;
  readonly message: string;
  /** RFC 3339, whole seconds; changes only with `status`. */
  readonly lastTransitionTime: string;
  readonly observedGeneration: number;
};
