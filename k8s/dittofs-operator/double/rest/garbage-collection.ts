import type { DittofsServer } from "../dittofs-server.ts";
import { type Answer, accepted, badRequest, json, notFound } from "../http/answer.ts";
import { optionalFields } from "../http/body.ts";
import { type Call, param } from "../http/call.ts";
import type { Job } from "../runtime/jobs.ts";
import { namedShare } from "./share-rows.ts";

/** With `reconcile` the share of the path is not even looked at. */
export function startCollection(call: Call): Answer {
  const body = optionalFields(call, { dry_run: "boolean", reconcile: "boolean", grace_period_seconds: "integer" });
  const share = namedShare(call);
  const { jobs, shares } = call.server;
  const reconcile = body.reconcile ?? false;
  if ((body.grace_period_seconds ?? 0) < 0) throw badRequest("grace_period_seconds must not be negative");
  if (body.grace_period_seconds !== undefined && reconcile)
    throw badRequest("grace_period_seconds cannot be combined with reconcile");
  if (!reconcile && shares.get(share) === undefined) throw notFound(`share not found: ${share}`);
  const job = jobs.start("gc", share, { reconcile, dry_run: body.dry_run ?? false });
  return accepted({ job_id: job.id, status: collectionView(job, call.server) });
}

export function getCollection(call: Call): Answer {
  const job = call.server.jobs.get("gc", param(call, "job"));
  if (job === undefined) throw notFound("GC job not found");
  return json(collectionView(job, call.server));
}

export function lastCollection(call: Call): Answer {
  const share = namedShare(call);
  const { jobs, shares, database } = call.server;
  const loaded = shares.get(share);
  if (loaded === undefined) throw notFound(`share not found: ${share}`);
  const isOnDisk = database.blockStores.find((store) => store.id === loaded.row.localBlockStoreId)?.type === "fs";
  const job = jobs.lastCollection(share);
  if (job === undefined || !isOnDisk) throw notFound(`no GC run recorded for share ${share}`);
  const startedAt = second(job.startedAtMs);
  return json({
    run_id: `${startedAt.replace(/[-:]/g, "")}-${job.id}`,
    started_at: startedAt,
    completed_at: startedAt,
    ...swept,
    duration_ms: 1,
    error_count: 0,
    dry_run: job.details.dry_run,
  });
}

export function reconcileReport({ server }: Call): Answer {
  const graceMs = Number(server.config.values.get("gc.grace_period"));
  return json({
    zero_ref_records: none,
    leaked_blocks: none,
    orphan_remote_objects: none,
    stranded_local_chunks: none,
    block_records_scanned: 0,
    remote_objects_scanned: 0,
    grace_period: graceMs * nanosecondsPerMs,
    sample_cap: 100,
  });
}

export function reclaim(call: Call): Answer {
  const { dry_run = false } = optionalFields(call, { dry_run: "boolean" });
  return json({
    reclaimed: none,
    leaked_reclaimed: none,
    orphan_objects_reclaimed: none,
    block_records_scanned: 0,
    remote_objects_scanned: 0,
    errors: 0,
    dry_run,
    sample_cap: 100,
  });
}

const nanosecondsPerMs = 1_000_000;
const none = { count: 0 };
const swept = { hashes_marked: 0, objects_scanned: 0, objects_swept: 0, bytes_freed: 0 };

function collectionView(job: Job, { jobs }: DittofsServer): unknown {
  const isDone = jobs.isDone(job);
  const startedAt = second(job.startedAtMs);
  return {
    id: job.id,
    state: isDone ? "done" : "running",
    share: job.share,
    ...job.details,
    ...swept,
    started_at: startedAt,
    ...(isDone ? { finished_at: startedAt, stats: { ...emptyStats, DryRun: job.details.dry_run } } : {}),
  };
}

const emptyStats = {
  RunID: "",
  HashesMarked: 0,
  ObjectsScanned: 0,
  ObjectsSwept: 0,
  BytesFreed: 0,
  DurationMs: 0,
  ErrorCount: 0,
  FirstErrors: null,
  DryRun: false,
  DryRunCandidates: null,
  IsLocalTier: false,
  SharesScanned: 0,
  BlocksScanned: 0,
  OrphanFiles: 0,
  OrphanBlocks: 0,
  BytesReclaimed: 0,
  Errors: 0,
};

function second(wallMs: number): string {
  return new Date(wallMs).toISOString().replace(/\.\d+Z$/, "Z");
}
