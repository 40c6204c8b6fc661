import type * as z from "zod";
import type { Condition } from "./conditions.ts";
import type { DeepReadonly } from "./deep-readonly.ts";
import { atomicList, bool, int32, int64, listMap, map, object, oneOf, text } from "./schema/vocabulary.ts";

const endpoint = object("One way to reach the server.", {
  protocol: oneOf("What is spoken there.", ["nfs", "smb", "api"]),
  scope: oneOf("From where it can be reached: inside the cluster, through a load balancer, a node or an Ingress.", [
    "cluster",
    "loadBalancer",
    "nodePort",
    "ingress",
  ]),
  host: text("Name or address.", { maxLength: 253 }),
  port: int32("Port.", { min: 1, max: 65_535 }),
  ready: bool("True when a client is served there now."),
  mount: text("Command that mounts the first share from there.", { maxLength: 1024 }).exactOptional(),
});

const volume = object("One volume.", {
  name: text("Name of the claim template.", { maxLength: 63 }),
  claim: text("Name of the PersistentVolumeClaim.", { maxLength: 253 }),
  requested: text("Size that the spec asks for.", { maxLength: 32 }),
  capacity: text("Size that the volume has.", { maxLength: 32 }).exactOptional(),
  phase: text("Phase of the claim: Pending, Bound, Lost, or Missing while there is none.", { maxLength: 32 }),
});

const share = object("One share of the spec.", {
  name: text("Name of the share.", { maxLength: 80 }),
  state: oneOf(
    "Serving: clients can use it. Disabled: the spec says so. Pending: not handled yet. Failed: see the message. Unknown: the server does not answer.",
    ["Serving", "Disabled", "Pending", "Failed", "Unknown"],
  ),
  message: text("What is wrong and what to do.", { maxLength: 1024 }).exactOptional(),
});

const condition = object("metav1.Condition.", {
  type: text("Type of the condition.", { maxLength: 316 }),
  status: oneOf("Whether it holds.", ["True", "False", "Unknown"]),
  reason: text("Why, in one word that does not change between versions.", { minLength: 1, maxLength: 1024 }),
  message: text("Why, in a sentence, and what to do.", { maxLength: 32_768 }),
  lastTransitionTime: text("When the status last changed (RFC 3339).", { maxLength: 40 }),
  observedGeneration: int64("Generation of the spec that the condition is about.", {
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
  }).exactOptional(),
});

const count = (description: string) => int32(description, { min: 0, max: 1_000_000 }).exactOptional();

/** What the operator saw. It can be computed again from the cluster and the server at any time. */
export const status = object("What the server is, as the operator last saw it.", {
  observedGeneration: int64("Generation of the spec that the operator has acted on.", {
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
  }).exactOptional(),
  phase: oneOf("One word for people; programs read the conditions.", [
    "Pending",
    "Running",
    "Stopped",
    "Degraded",
    "Deleting",
  ]).exactOptional(),
  version: text("Version that the running server reports.", { maxLength: 128 }).exactOptional(),
  replicas: count("Pods that exist."),
  readyReplicas: count("Pods that are ready."),
  availableReplicas: count("Pods that have been ready long enough."),
  configHash: text("Digest of everything that the server reads at its start; a new digest is one restart.", {
    maxLength: 128,
  }).exactOptional(),
  perconaClusterName: text("PerconaPGCluster that holds the control plane.", { maxLength: 253 }).exactOptional(),
  endpoints: atomicList(
    "Ways to reach the server; for each protocol the one that reaches furthest stands first.",
    endpoint,
    { maxItems: 32 },
  ).exactOptional(),
  volumes: listMap("Volumes of the server.", ["name"], volume, { maxItems: 8 }).exactOptional(),
  shares: atomicList("The first shares of the spec, in its order; shareCount counts them all.", share, {
    maxItems: 64,
  }).exactOptional(),
  shareCount: count("Shares that the spec asks for."),
  warnings: atomicList("What works and deserves a look.", text("A sentence.", { maxLength: 1024 }), {
    maxItems: 32,
  }).exactOptional(),
  applied: object("What the operator has set on the server and cannot see there.", {
    userPasswords: map(
      "By user, a digest of the password that the operator set last, keyed with the server's signing secret.",
      text("Digest.", { maxLength: 64 }),
      { maxProperties: 640 },
    ).exactOptional(),
    loadedShares: object("What the server's process has loaded of the shares that the spec names.", {
      process: text("Pod and start of the process.", { maxLength: 64 }),
      digests: map(
        "By share, a digest of the settings that the server reads only when it loads a share; empty while the spec gives none.",
        text("Digest.", { maxLength: 64 }),
        { maxProperties: 1024 },
      ).exactOptional(),
      settings: map(
        "By what else the process reads at its start, a digest of the settings with which it started: metadata stores and Kerberos.",
        text("Digest.", { maxLength: 64 }),
        { maxProperties: 64 },
      ).exactOptional(),
      removedStores: atomicList(
        "Metadata stores that the operator removed and the process still has open.",
        text("Name of the store.", { maxLength: 63 }),
        { maxItems: 512 },
      ).exactOptional(),
    }).exactOptional(),
    shareRestart: object("The last restart for settings of shares; there is at most one for each generation.", {
      process: text("Pod and start of the process that was ended.", { maxLength: 64 }),
      generation: int64("Generation of the spec.", { min: 0, max: Number.MAX_SAFE_INTEGER }),
    }).exactOptional(),
    stores: atomicList(
      "Metadata and local stores that the spec names, and those of an earlier spec that are still to be removed.",
      text("Such as metadataStore default.", { maxLength: 80 }),
      { maxItems: 80 },
    ).exactOptional(),
    journals: map(
      "By share that uploads and names no local store, the volume on which it lies; a server that has lost its state gets it back there.",
      oneOf("Volume.", ["cache", "content"]),
      { maxProperties: 256 },
    ).exactOptional(),
    snapshotPolicies: atomicList(
      "Shares whose snapshot policy the operator set and will remove when the spec names it no more.",
      text("Name of the share.", { maxLength: 80 }),
      { maxItems: 512 },
    ).exactOptional(),
    metadataStores: map(
      "By metadata store in a database, a digest of the password that the operator sent last, keyed with the server's signing secret.",
      text("Digest.", { maxLength: 64 }),
      { maxProperties: 16 },
    ).exactOptional(),
    remoteStores: map(
      "By remote store, a digest of the address and access key that shares use; also of stores that are still to be removed.",
      text("Digest.", { maxLength: 64 }),
      { maxProperties: 64 },
    ).exactOptional(),
    grants: map(
      "By share, the grants that the operator gave and will take back when the spec names them no more.",
      text("Kinds and names, such as user:alice group:staff.", { maxLength: 65_536 }),
      { maxProperties: 1024 },
    ).exactOptional(),
    identityProviders: map(
      "By identity provider, a digest of the password that the operator set last, keyed likewise.",
      text("Digest.", { maxLength: 64 }),
      { maxProperties: 8 },
    ).exactOptional(),
    identityMappings: atomicList(
      "In short, the principals whose mapping the operator made and will remove when the spec names them no more.",
      text("Digest of the principal.", { maxLength: 64 }),
      { maxItems: 512 },
    ).exactOptional(),
  }).exactOptional(),
  conditions: listMap("How the server is, one aspect each.", ["type"], condition, { maxItems: 32 }).exactOptional(),
});

type ParsedStatus = DeepReadonly<z.output<typeof status>>;

/** The status as the operator writes it. Every field is optional, because an object starts without a status. */
export type DittoServerStatus = Omit<ParsedStatus, "conditions"> & { readonly conditions?: readonly Condition[] };

/** One entry of `status.endpoints`. */
export type Endpoint = NonNullable<DittoServerStatus["endpoints"]>[number];
/** One entry of `status.volumes`. */
export type VolumeStatus = NonNullable<DittoServerStatus["volumes"]>[number];
/** One entry of `status.shares`. */
export type ShareStatus = NonNullable<DittoServerStatus["shares"]>[number];
/** One word for people. */
export type Phase = NonNullable<DittoServerStatus["phase"]>;
