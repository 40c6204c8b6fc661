import type { DittoServer } from "../../api/ditto-server.ts";
import { durationMs } from "../duration.ts";
import type { Change } from "./change.ts";
import type { LiveDittoFs, LiveSnapshotPolicy } from "./live-dittofs.ts";

export type WantedSnapshotPolicy = {
  readonly share: string;
  readonly interval: string;
  readonly enabled: boolean;
  readonly keepLast: number;
  readonly ttl?: string;
  readonly namePrefix: string;
};

export type SnapshotPolicyCalls = {
  readonly putSnapshotPolicy: WantedSnapshotPolicy;
  readonly removeSnapshotPolicy: { readonly share: string };
};

/** Both spellings; the schema lets no share stand in both. The server replaces a policy as a whole, so every field is spelled out. */
export function wantedSnapshotPolicies({ spec }: DittoServer): readonly WantedSnapshotPolicy[] {
  const ofShares = (spec.shares ?? []).flatMap(({ name, snapshots }) =>
    snapshots === undefined ? [] : [{ share: name, ...snapshots }],
  );
  return [...ofShares, ...(spec.snapshotPolicies ?? [])].map((policy) => ({
    enabled: true,
    keepLast: 0,
    namePrefix: "",
    ...policy,
  }));
}

/** The key under which the policies are read: they have one list, which is not part of every look. */
export const snapshotPoliciesDetail = "snapshot-policies";

type Wanted = {
  readonly snapshotPolicies: readonly WantedSnapshotPolicy[];
  readonly shares: readonly { readonly name: string }[];
};

/** Policies are set, and those that an earlier spec named are removed; their snapshots stay. */
export function snapshotPolicyChanges(wanted: Wanted, live: LiveDittoFs): readonly Change<SnapshotPolicyCalls>[] {
  const read = live.snapshotPolicies;
  const ref = { family: "snapshotPolicy", needs: [], calls: [], what: "" } as const;
  if (read.kind === "unreadable") {
    const problem = `The snapshot policies cannot be read: ${read.message}`;
    return wanted.snapshotPolicies.map(({ share }) => ({ ...ref, name: share, problem }));
  }
  const byShare = new Map(read.policies.map((policy) => [policy.share, policy]));
  const names = {
    live: new Set(live.shares.map(({ name }) => name)),
    declared: new Set(wanted.shares.map(({ name }) => name)),
    wanted: new Set(wanted.snapshotPolicies.map(({ share }) => share)),
  };
  const dropped = read.policies.filter(
    ({ share }) => live.appliedSnapshotPolicies.has(share) && !names.wanted.has(share),
  );
  return [
    ...wanted.snapshotPolicies.map((policy) => policyChange(policy, byShare.get(policy.share), names)),
    ...dropped.map(({ share }) => ({
      ...ref,
      name: share,
      calls: [{ name: "removeSnapshotPolicy", body: { share } } as const],
      what: "removed",
      detail: snapshotPoliciesDetail,
    })),
  ];
}

function policyChange(
  wanted: WantedSnapshotPolicy,
  before: LiveSnapshotPolicy | undefined,
  names: { readonly live: ReadonlySet<string>; readonly declared: ReadonlySet<string> },
): Change<SnapshotPolicyCalls> {
  const { share } = wanted;
  const ref = { family: "snapshotPolicy", name: share, needs: [], calls: [], what: "" } as const;
  if (!names.live.has(share) && !names.declared.has(share)) {
    const problem = `spec.snapshotPolicies names share ${share}, which is neither in spec.shares nor on the server. Declare it, or correct the name.`;
    return { ...ref, problem };
  }
  if (before !== undefined && isSame(wanted, before)) return ref;
  return {
    ...ref,
    needs: names.live.has(share) ? [] : [{ family: "share", name: share }],
    calls: [{ name: "putSnapshotPolicy", body: wanted }],
    what: `${before === undefined ? "set" : "changed"} (every ${wanted.interval})`,
    detail: snapshotPoliciesDetail,
  };
}

/** By what times mean: the server shows `@hourly` as `1h0m0s`. */
function isSame(wanted: WantedSnapshotPolicy, live: LiveSnapshotPolicy): boolean {
  return (
    meantMs(wanted.interval) === meantMs(live.interval) &&
    meantMs(wanted.ttl ?? "0s") === meantMs(live.ttl ?? "0s") &&
    wanted.keepLast === live.keepLast &&
    wanted.enabled === live.enabled &&
    wanted.namePrefix === live.namePrefix
  );
}

const hourMs = 3_600_000;
const shorthandsMs = new Map([
  ["@hourly", hourMs],
  ["@daily", 24 * hourMs],
  ["@weekly", 168 * hourMs],
]);

/** Undefined for what the server shows and is no time: that equals nothing wanted. */
function meantMs(text: string): number | undefined {
  const shorthandMs = shorthandsMs.get(text);
  if (shorthandMs !== undefined) return shorthandMs;
  try {
    return durationMs(text);
  } catch {
    return undefined;
  }
}

/** Shares whose policy counts as the operator's own; what proves nothing leaves it as it was, as with grants. */
export function ownSnapshotPolicies(
  wanted: readonly WantedSnapshotPolicy[],
  {
    snapshotPolicies: read,
    appliedSnapshotPolicies: before,
  }: Pick<LiveDittoFs, "snapshotPolicies" | "appliedSnapshotPolicies">,
): ReadonlySet<string> {
  if (read.kind === "unreadable" || read.policies.length === 0) return before;
  const named = new Set(wanted.map(({ share }) => share));
  const own = read.policies.map(({ share }) => share).filter((share) => before.has(share) || named.has(share));
  return new Set(own.toSorted());
}
