import type { KubernetesObject, Resource } from "./kubernetes-api.ts";
import type { Random } from "./random.ts";

export const LEASES: Resource = {
  group: "coordination.k8s.io",
  version: "v1",
  kind: "Lease",
  plural: "leases",
  isNamespaced: true,
};

/** `leaseTransitions` is an int32. */
const MOST_TRANSITIONS = 2 ** 31 - 1;

/** What a Lease says about leadership. */
export type LeaseRecord = {
  /** Empty when nobody holds the Lease. */
  readonly holder: string;
  /** How long the others have to wait for its holder, by the holder's word; absent when the Lease does not say. */
  readonly durationMs: number | undefined;
  readonly acquireTime: string | undefined;
  readonly transitions: number;
  /** Equal as long as nobody wrote the spec. */
  readonly fingerprint: string;
};

/** Reads a Lease that anybody may have written; what is not of the right type counts as not said. */
export function leaseRecord(lease: KubernetesObject): LeaseRecord {
  const spec = leaseSpec(lease);
  const { holderIdentity, leaseDurationSeconds, acquireTime, leaseTransitions } = spec;
  return {
    holder: typeof holderIdentity === "string" ? holderIdentity : "",
    durationMs: isCount(leaseDurationSeconds) && leaseDurationSeconds > 0 ? leaseDurationSeconds * 1_000 : undefined,
    acquireTime: typeof acquireTime === "string" ? acquireTime : undefined,
    transitions: isCount(leaseTransitions) ? leaseTransitions : 0,
    fingerprint: JSON.stringify(spec),
  };
}

export type Claim = { readonly identity: string; readonly durationMs: number; readonly wallMs: number };

/** The Lease that says that the claimant holds it: still, or from now on. Fields that it does not know stay as they are. */
export function claimedLease(live: KubernetesObject, claim: Claim): KubernetesObject {
  const record = leaseRecord(live);
  const nowTime = microTime(claim.wallMs);
  const isRenewal = record.holder === claim.identity;
  const isFirst = live["spec"] === undefined;
  return {
    ...live,
    spec: {
      ...leaseSpec(live),
      holderIdentity: claim.identity,
      leaseDurationSeconds: Math.round(claim.durationMs / 1_000),
      acquireTime: isRenewal ? (record.acquireTime ?? nowTime) : nowTime,
      renewTime: nowTime,
      leaseTransitions: Math.min(isRenewal || isFirst ? record.transitions : record.transitions + 1, MOST_TRANSITIONS),
    },
  };
}

/** The Lease without a holder: free for everybody at once. */
export function releasedLease(live: KubernetesObject, wallMs: number): KubernetesObject {
  const nowTime = microTime(wallMs);
  const freed = { holderIdentity: "", leaseDurationSeconds: 1, acquireTime: nowTime, renewTime: nowTime };
  return { ...live, spec: { ...leaseSpec(live), ...freed } };
}

/** The Lease before its creation; it has no spec yet. */
export function newLease(key: { readonly namespace: string; readonly name: string }): KubernetesObject {
  return { apiVersion: "coordination.k8s.io/v1", kind: "Lease", metadata: { ...key } };
}

/** Kubernetes' MicroTime. Its decoder takes exactly six fractional digits; a Lease written with three cannot be read again. */
export function microTime(wallMs: number): string {
  return new Date(wallMs).toISOString().replace("Z", "000Z");
}

/** A name that no other process has: where it runs, for people, and 128 random bits. */
export function leaseIdentity(hostName: string, random: Random): string {
  return `${hostName}_${Buffer.from(random.bytes(16)).toString("hex")}`;
}

function leaseSpec(lease: KubernetesObject): Readonly<Record<string, unknown>> {
  const { spec } = lease;
  return typeof spec === "object" && spec !== null ? { ...spec } : {};
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}
