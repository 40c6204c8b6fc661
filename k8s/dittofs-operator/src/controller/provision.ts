import type { DittoServer } from "../api/ditto-server.ts";
import type { StoreDatabases } from "../domain/database/store-databases.ts";
import type { DittoFsAnswered, DittoFsSeen } from "../domain/dittofs-seen.ts";
import type { IdentityFacts, ProviderType } from "../domain/identity-facts.ts";
import { type Attempt, outcomes } from "../domain/provisioning/attempt.ts";
import { settledJournals } from "../domain/provisioning/cache-journals.ts";
import { refKey } from "../domain/provisioning/change.ts";
import { deadStores } from "../domain/provisioning/dead-stores.ts";
import type { LiveDittoFs } from "../domain/provisioning/live-dittofs.ts";
import { outdatedSettings } from "../domain/provisioning/loaded-settings.ts";
import { metadataStoresInUse } from "../domain/provisioning/metadata-stores-in-use.ts";
import { ownStores } from "../domain/provisioning/own-stores.ts";
import { ownGrants } from "../domain/provisioning/permissions.ts";
import { changes, type DittoFsChange, type WantedDittoFs, wantedDittoFs } from "../domain/provisioning/provisioning.ts";
import { remoteStoresInUse } from "../domain/provisioning/remote-stores-in-use.ts";
import { reusedStores } from "../domain/provisioning/removed-shares.ts";
import { peopleSeen, sharesSeen } from "../domain/provisioning/served.ts";
import { withClosedShares } from "../domain/provisioning/share-guard.ts";
import { ownSnapshotPolicies } from "../domain/provisioning/snapshot-policies.ts";
import type { AllStoreCredentials } from "../domain/secrets/store-credentials.ts";
import type { UserPasswords } from "../domain/secrets/user-passwords.ts";
import type { DittoFsTarget } from "../outside/dittofs-target.ts";
import type { DittoFs } from "../outside.ts";
import type { Clock } from "../runtime/clock.ts";
import { carryOut, type Round } from "./provision/carry-out.ts";
import { netgroupsDetail, nfsConfigKey } from "./provision/details.ts";
import { identityAnswered } from "./provision/identity-answered.ts";
import type { PasswordRead, ProvisioningPass, StoreKeysRead } from "./provision/pass.ts";
import type { Later, PassEnd } from "./provision/pass-end.ts";
import { processOf } from "./provision/process-of.ts";
import { readLive } from "./provision/read-live.ts";
import { seeLoadedSettings } from "./provision/see-loaded-settings.ts";
import { askedRestart, forgetRemovedShares } from "./provision/see-loaded-shares.ts";
import type { Session, Sessions } from "./provision/sessions.ts";
import { settleAdapters } from "./provision/settle-adapters.ts";

export type Provisioning = {
  readonly server: DittoServer;
  readonly target: DittoFsTarget;
  readonly readAdminPassword: () => Promise<PasswordRead>;
  readonly adminPasswordDigest?: string | undefined;
  readonly passwords: UserPasswords;
  readonly readUserPassword: (username: string) => Promise<PasswordRead>;
  readonly storeCredentials: AllStoreCredentials;
  readonly storeDatabases: StoreDatabases;
  readonly readStorePassword: (store: string) => Promise<PasswordRead>;
  readonly readStoreKeys: (store: string) => Promise<StoreKeysRead>;
  readonly podVolumes: ReadonlySet<string>;
  readonly askAgain: () => void;
  readonly identity: IdentityFacts;
  readonly readProviderSecret: (type: ProviderType) => Promise<PasswordRead>;
  readonly sessions: Sessions;
  readonly dittofs: DittoFs;
  readonly clock: Clock;
  readonly signal: AbortSignal;
};

const longestPassMs = 60_000;
const longestWritingMs = 40_000;
/** Looks at the server in one pass: the first, one after the changes, and some after writes whose answers were lost. */
const mostLooks = 12;
/** What a look at a converged server costs at most. */
const readsPerPass = 8;

/**
 * Brings one DittoFS server to what the spec asks and answers what is on it then. Nothing is remembered that matters:
 * each pass reads, compares and changes. It rejects only when `signal` aborts.
 */
export async function provisionDittoFs(provisioning: Provisioning): Promise<DittoFsSeen> {
  const { server, sessions, clock, signal } = provisioning;
  const session = sessions.of(server.metadata.uid);
  if (session.busyUntilMs !== undefined && clock.monotonicMs() < session.busyUntilMs) {
    return unseen(session, clock, { code: "unreachable", message: "the server asked to be left alone for a while." });
  }
  const timeIsUp = new AbortController();
  const cancelTimer = clock.after(longestPassMs, () => timeIsUp.abort());
  const result = await provision({
    ...provisioning,
    session,
    signal: AbortSignal.any([signal, timeIsUp.signal]),
    lastStartMs: clock.monotonicMs() + longestWritingMs,
    hasLoggedIn: false,
    goneShares: new Set<string>(),
    removed: new Set<string>(),
    readsLeft: readsPerPass,
  }).finally(cancelTimer);
  signal.throwIfAborted();
  if (result.code !== "ok") return unseen(session, clock, result);
  delete session.unreachableSinceMs;
  return result.value;
}

/** What is said of a server that could not be asked. */
export function unseen(session: Session, clock: Clock, end: PassEnd | Later): DittoFsSeen {
  if (end.code === "later") return { kind: "notAsked", because: "operatorStarted" };
  if (end.code === "loginFailed") {
    delete session.unreachableSinceMs;
    return { kind: "loginFailed", message: end.message };
  }
  session.unreachableSinceMs ??= clock.wallMs();
  return { kind: "unreachable", sinceMs: session.unreachableSinceMs, message: end.message };
}

/** Looks and acts in turn until a look asks for nothing that has not been tried: the last look is what is reported. */
async function provision(
  pass: ProvisioningPass,
): Promise<{ readonly code: "ok"; readonly value: DittoFsAnswered } | PassEnd | Later> {
  const asked = wantedDittoFs(pass.server, pass);
  const attempts = new Map<string, Attempt>();
  for (let looks = 1; ; looks += 1) {
    const live = await readLive(pass, asked);
    if (live.code !== "ok") return live;
    const wanted = settledJournals(asked, live.value);
    seeLoadedSettings(pass, wanted, live.value);
    const left = changes(wanted, live.value);
    const round = looks < mostLooks ? await carryOut(pass, left, attempts) : nothing;
    if (round.code !== "done") return round;
    if (round.attempted.length > 0) {
      forgetDetails(pass, live.value, round.attempted);
      continue;
    }
    const adapters = await settleAdapters(pass, wanted, {
      adapters: live.value.adapters,
      changed: changedAdapters(attempts),
    });
    forgetRemovedShares(pass, wanted, live.value);
    const seen = answered(pass, wanted, live.value);
    return {
      code: "ok",
      value: { ...seen, outcomes: withClosedShares(outcomes(left, attempts), seen), adapters },
    };
  }
}

/** What the last look says, and what is remembered of it until the next pass. */
function answered(
  pass: ProvisioningPass,
  wanted: WantedDittoFs,
  live: LiveDittoFs,
): Omit<DittoFsAnswered, "outcomes" | "adapters"> {
  const { session } = pass;
  const restart = askedRestart(pass, wanted, live);
  const settings = session.loadedSettings ?? new Map<string, string>();
  const grants = ownGrants(wanted.grants, live);
  session.appliedGrants = new Map(grants);
  const policies = ownSnapshotPolicies(wanted.snapshotPolicies, live);
  session.appliedSnapshotPolicies = new Set(policies);
  const { appliedStores, outdated } = remoteStoresInUse(wanted, live, pass.removed);
  if (outdated !== undefined) session.outdated ??= outdated;
  session.appliedStores = new Map(Object.entries(appliedStores));
  const appliedMetadataStores = metadataStoresInUse(wanted.metadataStores, live);
  session.appliedMetadataStores = new Map(Object.entries(appliedMetadataStores));
  const stores = ownStores(wanted, live).toSorted();
  session.ownStores = new Set(stores);
  return {
    kind: "answered",
    ...(session.passwordDigest !== undefined && { adminPasswordDigest: session.passwordDigest }),
    generation: pass.server.metadata.generation,
    shares: sharesSeen(wanted, live),
    ...peopleSeen(wanted, live),
    ...outdatedBecause(
      session.outdated ?? outdatedSettings(wanted, live, settings) ?? restart.outdated ?? reuse(wanted, live),
    ),
    ...(pass.awaitsNote === true && { awaitsNote: true }),
    loadedShares: {
      process: processOf(session),
      digests: Object.fromEntries(inOrder(session.loadedShares ?? [])),
      settings: Object.fromEntries(inOrder(settings)),
      removedStores: [...(session.removedStores ?? [])].toSorted(),
    },
    ...(restart.asked !== undefined && { shareRestart: restart.asked }),
    waitingShares: restart.waiting,
    journals: Object.fromEntries(inOrder(live.journals)),
    appliedStores,
    deadStores: deadStores(wanted, live),
    appliedMetadataStores,
    ownStores: stores,
    ...identityAnswered(pass, wanted, live),
    appliedSnapshotPolicies: [...policies].toSorted(),
    appliedGrants: Object.fromEntries(Array.from(grants, ([share, keys]) => [share, [...keys].join(" ")])),
  };
}

function inOrder<T>(entries: Iterable<readonly [string, T]>): readonly (readonly [string, T])[] {
  return [...entries].toSorted(([one], [other]) => (one < other ? -1 : 1));
}

function outdatedBecause(reason: string | undefined): Pick<DittoFsAnswered, "outdated"> {
  return reason === undefined ? {} : { outdated: reason };
}

function reuse(wanted: WantedDittoFs, live: LiveDittoFs): string | undefined {
  const [name] = reusedStores(wanted.metadataStores, live);
  return name === undefined ? undefined : `metadata store ${name} was removed, and is wanted again`;
}

const nothing: Round = { code: "done", attempted: [] };

function changedAdapters(attempts: ReadonlyMap<string, Attempt>): ReadonlySet<string> {
  return new Set(
    ["nfs", "smb"].filter((name) => (attempts.get(refKey({ family: "adapter", name }))?.changed.length ?? 0) > 0),
  );
}

/** What was just changed is read again, instead of being believed for a while. */
function forgetDetails({ session }: ProvisioningPass, live: LiveDittoFs, attempted: readonly DittoFsChange[]): void {
  for (const { detail } of attempted) if (detail !== undefined) session.details.delete(detail);
  const names = new Set(attempted.filter(({ family }) => family === "share").map(({ name }) => name));
  if (names.size > 0) session.details.delete(netgroupsDetail);
  for (const { id, name } of live.shares) if (names.has(name)) session.details.delete(nfsConfigKey(id));
}
