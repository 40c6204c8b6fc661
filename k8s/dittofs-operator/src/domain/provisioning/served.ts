import { RESTARTED_AT_ANNOTATION } from "../../api/group.ts";
import type { DittoFsAnswered } from "../dittofs-seen.ts";
import type { WantedAdapter } from "./adapters.ts";
import type { LiveAdapter, LiveDittoFs, LiveHealth, LiveShare } from "./live-dittofs.ts";
import type { WantedDittoFs } from "./provisioning.ts";
import { awaitsStart } from "./share-guard.ts";
import { keptUsers } from "./users.ts";

type AdapterSeen = DittoFsAnswered["adapters"][number];
type ShareSeen = DittoFsAnswered["shares"][number];

const restart = `restart the server by setting its annotation ${RESTARTED_AT_ANNOTATION}`;

/** The wanted adapters as they really are. `proven` names those whose port accepts connections, whatever an old report says. */
export function adaptersSeen(
  wanted: WantedDittoFs,
  live: Pick<LiveDittoFs, "adapters">,
  proven: ReadonlySet<string>,
): readonly AdapterSeen[] {
  return wanted.adapters
    .filter(({ enabled }) => enabled)
    .map((adapter) => {
      const present = live.adapters.find(({ type }) => type === adapter.type);
      const message = adapterTrouble(adapter, present, proven.has(adapter.type));
      return { type: adapter.type, port: adapter.port, isServing: message === "", message };
    });
}

function adapterTrouble(wanted: WantedAdapter, live: LiveAdapter | undefined, isProven: boolean): string {
  if (live === undefined) return "the server does not have it.";
  if (!live.enabled) return "it is switched off on the server.";
  if (live.port !== wanted.port) return `it is on port ${live.port}.`;
  if (isStale(live)) return isProven ? "" : "the server has not checked it since its last change.";
  if (live.health.status === "healthy") return "";
  return `the server reports ${report(live.health)}. If that lasts, the port may be taken: ${restart}, or choose another containerPort.`;
}

/** The server caches its reports: after a change it goes on saying "healthy" about the listener that is gone. */
export function isStale({ updatedAtMs, health }: LiveAdapter): boolean {
  return updatedAtMs !== undefined && health.checkedAtMs !== undefined && health.checkedAtMs < updatedAtMs;
}

/** The declared shares as they really are; those that the spec disables are not serving either, and say so. */
export function sharesSeen(
  wanted: WantedDittoFs,
  live: Pick<LiveDittoFs, "shares" | "loadedShares">,
): readonly ShareSeen[] {
  return wanted.shares.map((wish) => {
    const { name } = wish;
    const present = live.shares.find((share) => share.name === name);
    if (present?.enabled === false && wish.enabled && awaitsStart(wish, live))
      return { name, isServing: false, message: closed, awaitsStart: true };
    const message = shareTrouble(present);
    return { name, isServing: message === "", message };
  });
}

const closed =
  "it is kept disabled until the server has started again, and then heeds what its NFS settings ask of clients.";

function shareTrouble(live: LiveShare | undefined): string {
  if (live === undefined) return "the server does not have it.";
  if (!live.enabled) return "it is disabled.";
  const { status } = live.health;
  if (status === "healthy" || status === "degraded") return "";
  if (status === "unknown")
    return `the server could not load it and reports ${report(live.health)}. Correct the cause, then ${restart}.`;
  return `the server reports ${report(live.health)}.`;
}

/** Of kept users no more is remembered than the status has room for. */
const mostKeptUsers = 128;

/** Which passwords count as set: those of declared users, and of such as an earlier spec declared while they are on the server. */
export function peopleSeen(
  wanted: Pick<WantedDittoFs, "users">,
  live: LiveDittoFs,
): Pick<DittoFsAnswered, "appliedPasswords" | "keptUsers"> {
  const kept = keptUsers(wanted.users, live).slice(0, mostKeptUsers);
  const names = [...wanted.users.map(({ name }) => name), ...kept].toSorted();
  const applied = names.flatMap((name) => {
    const digest = live.appliedPasswords.get(name);
    return digest === undefined ? [] : [[name, digest] as const];
  });
  return { appliedPasswords: Object.fromEntries(applied), keptUsers: kept };
}

function report({ status, message }: LiveHealth): string {
  return message === "" ? status : `${status} ("${message}")`;
}
