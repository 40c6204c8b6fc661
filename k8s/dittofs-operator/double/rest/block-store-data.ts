import { durationText } from "../config/duration.ts";
import { type DittofsServer, timestamp } from "../dittofs-server.ts";
import { type Answer, accepted, badRequest, gatewayTimeout, json, notFound, serverError } from "../http/answer.ts";
import { optionalFields } from "../http/body.ts";
import { type Call, param } from "../http/call.ts";
import type { LoadedShare } from "../runtime/loaded-shares.ts";
import { objectStoreState } from "../runtime/object-store.ts";
import { type ShareStats, shareStats, totalStats } from "../runtime/share-stats.ts";
import { namedShare } from "./share-rows.ts";

export async function shareStatsOf(call: Call): Promise<Answer> {
  const share = loadedShare(call, "share not found");
  const stats = await shareStats(share, call.server);
  return json({ totals: stats, per_share: [{ share_name: share.name, stats }] });
}

export async function allStats({ server }: Call): Promise<Answer> {
  const one = async (share: LoadedShare): Promise<{ readonly share_name: string; readonly stats: ShareStats }> => ({
    share_name: share.name,
    stats: await shareStats(share, server),
  });
  const perShare = await Promise.all(server.shares.all().map(one));
  const totals = totalStats(perShare.map(({ stats }) => stats));
  return json({ totals, ...(perShare.length === 0 ? {} : { per_share: perShare }) });
}

export function evictShare(call: Call): Answer {
  const options = optionalFields(call, { read_buffer_only: "boolean", local_only: "boolean" });
  const share = call.server.shares.get(namedShare(call));
  return evict(share === undefined ? undefined : [share], options.read_buffer_only === true);
}

export function evictAll(call: Call): Answer {
  const options = optionalFields(call, { read_buffer_only: "boolean", local_only: "boolean" });
  return evict(call.server.shares.all(), options.read_buffer_only === true);
}

/** A share without a remote would lose what is evicted, so one of them refuses for all. */
function evict(shares: readonly LoadedShare[] | undefined, isReadBufferOnly: boolean): Answer {
  if (shares === undefined || (!isReadBufferOnly && shares.some(({ remote }) => remote === undefined)))
    throw badRequest("eviction failed");
  return json({ read_buffer_entries_cleared: 0, local_files_evicted: 0, bytes_freed: 0 });
}

export function startWarm(call: Call): Answer {
  const share = loadedShare(call, "share not found");
  const hasRemote = share.remote !== undefined;
  const job = call.server.jobs.start("warm", share.name, { hasRemote });
  return accepted({ job_id: job.id, status: warmView(job.id, call.server) });
}

export function getWarm(call: Call): Answer {
  const id = param(call, "job");
  if (call.server.jobs.get("warm", id) === undefined) throw notFound("warm job not found");
  return json(warmView(id, call.server));
}

function warmView(id: string, { jobs }: DittofsServer): unknown {
  const job = jobs.get("warm", id);
  if (job === undefined) return undefined;
  const isDone = jobs.isDone(job);
  const hasFailed = isDone && job.details.hasRemote !== true;
  const startedAt = second(job.startedAtMs);
  return {
    id,
    share: job.share,
    state: hasFailed ? "failed" : isDone ? "done" : "running",
    blocks_total: 0,
    blocks_done: 0,
    bytes_done: 0,
    started_at: startedAt,
    ...(isDone ? { finished_at: startedAt } : {}),
    ...(hasFailed ? { error: "warm: share has no remote tier to warm from" } : {}),
  };
}

/** Waits until what the shares with a remote have not uploaded is there, or until nothing moved for the stall time. */
export async function drainUploads(call: Call): Promise<Answer> {
  const { server } = call;
  const startedMs = server.clock.monotonicMs();
  const stallMs = Number(server.config.values.get("controlplane.drain_stall_timeout"));
  for (const share of server.shares.all()) {
    if (share.remote === undefined || share.unsyncedBytes === 0) continue;
    const state = share.remote.type === "s3" ? await objectStoreState(share.remote, server.network) : "accessible";
    if (state === "denied") throw serverError("drain uploads failed: the object store refuses the access key");
    if (state === "unreachable") {
      await call.wait(stallMs);
      throw gatewayTimeout(`drain uploads stalled: no upload progress within ${durationText(stallMs)}`);
    }
    share.unsyncedBytes = 0;
  }
  return json({ duration: durationText(server.clock.monotonicMs() - startedMs), status: "drained" });
}

export function auditRefcounts(call: Call): Answer {
  const share = loadedShare(call, `share not found: ${namedShare(call)}`);
  const now = timestamp(call.server);
  const counts = { total_files: 0, total_refs: 0, backed_refs: 0, dangling_refs: 0, delta: 0 };
  return json({ result: { share: share.name, started_at: now, completed_at: now, duration_ms: 0, ...counts } });
}

function loadedShare(call: Call, problem: string): LoadedShare {
  const share = call.server.shares.get(namedShare(call));
  if (share === undefined) throw notFound(problem);
  return share;
}

function second(wallMs: number): string {
  return new Date(wallMs).toISOString().replace(/\.\d+Z$/, "Z");
}
