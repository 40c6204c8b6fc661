import type { DeadStore } from "./provisioning/dead-stores.ts";

/** What the DittoFS API of one server said when it was last asked. A failed read is a value, never an empty list. */
export type DittoFsSeen =
  /** Nothing is known of the server's present process: the operator has just started, or the pod is new. */
  | { readonly kind: "notAsked"; readonly because: "operatorStarted" | "podChanged" }
  /** `sinceMs`: wall-clock time of the first of these silences. `message` is a sentence that names the call. */
  | { readonly kind: "unreachable"; readonly sinceMs: number; readonly message: string }
  | { readonly kind: "loginFailed"; readonly message: string }
  | DittoFsAnswered;

export type DittoFsAnswered = {
  readonly kind: "answered";
  /** metadata.generation of the DittoServer whose spec was compared; conditions are about this generation. */
  readonly generation: number;
  /** One entry per object that the spec wants on the server, in the order in which they were handled. */
  readonly outcomes: readonly ProvisioningOutcome[];
  /** Those that the spec wants. Serving: the server reports it healthy on the wanted port, or the port accepts connections. */
  readonly adapters: readonly {
    readonly type: "nfs" | "smb";
    readonly port: number;
    readonly isServing: boolean;
    readonly message: string;
  }[];
  /** Every share of the spec, also those that it disables or that are not there. */
  readonly shares: readonly {
    readonly name: string;
    readonly isServing: boolean;
    readonly message: string;
    /** It is kept disabled until another process has loaded it with what protects it. */
    readonly awaitsStart?: true;
  }[];
  /** SHA-256 of the password that admin logged in with last, while this process runs; in memory only. */
  readonly adminPasswordDigest?: string;
  /** By user, declared or kept, the digest of the password that was set last. */
  readonly appliedPasswords: Readonly<Record<string, string>>;
  /** Remote stores of the spec that do not answer. */
  readonly deadStores: readonly DeadStore[];
  /** By remote store, the digest of the configuration and access key that shares use. */
  readonly appliedStores: Readonly<Record<string, string>>;
  /** By metadata store in a database, the digest of the password that it was sent with last. */
  readonly appliedMetadataStores: Readonly<Record<string, string>>;
  /** Metadata and local stores of the spec that are there, and those of an earlier one that are still to be removed. */
  readonly ownStores: readonly string[];
  /** By share, the grants that the operator gave, as the status writes them. */
  readonly appliedGrants: Readonly<Record<string, string>>;
  /** Shares whose snapshot policy the operator set. */
  readonly appliedSnapshotPolicies: readonly string[];
  /** By provider, the digest of the bind password or the machine account's that was set last. */
  readonly appliedProviders: Readonly<Record<string, string>>;
  /** Principals whose mapping the operator made, in short. */
  readonly appliedMappings: readonly string[];
  /** Whether the server has Kerberos on; undefined when it was not looked at. */
  readonly isKerberosOn?: boolean;
  /** Users that an earlier spec declared and that are on the server still. */
  readonly keptUsers: readonly string[];
  /** Why the server's process has to start again: it was told what it takes up only then. Goes on after "because". */
  readonly outdated?: string;
  /** A change that the process takes up only at its start is not made before the status says what is in `loadedShares`. */
  readonly awaitsNote?: true;
  /** What the process has loaded of the shares that the spec names, or did; by name, a digest. Absent before it is known. */
  readonly loadedShares?: {
    readonly process: string;
    readonly digests: Readonly<Record<string, string>>;
    /** Likewise, what it has started with of metadata stores and Kerberos. */
    readonly settings: Readonly<Record<string, string>>;
    /** Metadata stores that the operator removed while it ran. */
    readonly removedStores: readonly string[];
  };
  /** By share that could be on either volume, on which it is. */
  readonly journals: Readonly<Record<string, "cache" | "content">>;
  readonly shareRestart?: ShareRestart;
  /** Shares with settings that the process has not loaded, and no restart is made for them. */
  readonly waitingShares: readonly string[];
};

/** The last restart for shares: of which process, and in which generation of the spec. */
export type ShareRestart = { readonly process: string; readonly generation: number };

export type ProvisioningFamily =
  | "adapter"
  | "metadataStore"
  | "localStore"
  | "remoteStore"
  | "share"
  | "group"
  | "user"
  | "permission"
  | "protocolSettings"
  | "snapshotPolicy"
  | "identityProvider"
  | "identityMapping";

export type ProvisioningOutcome = {
  readonly family: ProvisioningFamily;
  readonly name: string;
  readonly result:
    | { readonly kind: "asWanted" }
    | { readonly kind: "changed"; readonly what: string }
    /** `message` is for people: the object, what the server answered (bounded, no secrets), the next step. */
    | { readonly kind: "failed"; readonly message: string };
};
