import type { DittoFsAnswered } from "../../domain/dittofs-seen.ts";
import type { LiveAdapter } from "../../domain/provisioning/live-dittofs.ts";
import type { WantedDittoFs } from "../../domain/provisioning/provisioning.ts";
import { adaptersSeen, isStale } from "../../domain/provisioning/served.ts";
import { authorized } from "./authorized.ts";
import type { ProvisioningPass } from "./pass.ts";
import { wait } from "./wait.ts";

/** Together a little longer than the five seconds for which the server repeats an old report. */
const pausesMs = [100, 200, 400, 800, 1500, 1500, 1500];

/**
 * What the adapters do, looked at until those that changed in this pass, or served until now, serve: the server's reports
 * lag behind, and neither "healthy" about a closed listener nor "unknown" about one that just opens is worth a condition.
 */
export async function settleAdapters(
  pass: ProvisioningPass,
  wanted: WantedDittoFs,
  first: { readonly adapters: readonly LiveAdapter[]; readonly changed: ReadonlySet<string> },
): Promise<DittoFsAnswered["adapters"]> {
  const { session, clock, signal } = pass;
  const isHopeful = (type: string): boolean => first.changed.has(type) || (session.serving?.has(type) ?? true);
  let seen = adaptersSeen(wanted, first, await provenAdapters(pass, wanted, first.adapters));
  for (const pauseMs of pausesMs) {
    if (seen.every(({ isServing, type }) => isServing || !isHopeful(type))) break;
    await wait(clock, pauseMs, signal);
    const read = await authorized(pass, (api, until) => api.adapters(until));
    if (read.code !== "ok") break;
    seen = adaptersSeen(wanted, { adapters: read.value }, await provenAdapters(pass, wanted, read.value));
  }
  session.serving = new Set(seen.filter(({ isServing }) => isServing).map(({ type }) => type));
  return seen;
}

/** Adapters whose report is older than their last change, and whose wanted port accepts connections all the same. */
async function provenAdapters(
  pass: ProvisioningPass,
  wanted: WantedDittoFs,
  live: readonly LiveAdapter[],
): Promise<ReadonlySet<string>> {
  const proven = new Set<string>();
  for (const { type, port, enabled } of wanted.adapters) {
    const present = live.find((adapter) => adapter.type === type);
    if (!enabled || present === undefined || !isStale(present)) continue;
    if (await pass.dittofs.accepts(pass.target.host, port, pass.signal)) proven.add(type);
  }
  return proven;
}
