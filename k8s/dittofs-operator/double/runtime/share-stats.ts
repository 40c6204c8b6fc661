import { totalmem } from "node:os";
import type { Config } from "../config/config.ts";
import type { Database } from "../state/database.ts";
import type { LoadedShare } from "./loaded-shares.ts";
import type { Network } from "./network.ts";
import { objectStoreState } from "./object-store.ts";
import { storeConfig } from "./store-config.ts";

const memoryShare = { localDisk: 0.25, appendLog: 0.25, readBuffer: 0.125 };
const leastLocalDisk = 256 * 2 ** 20;
const leastAppendLog = 2 ** 30;
const leastReadBuffer = 64 * 2 ** 20;

interface Server {
  readonly config: Config;
  readonly database: Database;
  readonly network: Network;
}

/** The figures of a share's block stores. A double holds no data; what it has not uploaded is what a test says. */
export interface ShareStats extends Readonly<Record<string, number | boolean>> {}

export async function shareStats(share: LoadedShare, server: Server): Promise<ShareStats> {
  const { row, remote } = share;
  const { database } = server;
  const isLost = remote?.type === "s3" && (await objectStoreState(remote, server.network)) === "unreachable";
  const local = database.blockStores.find((store) => store.id === row.localBlockStoreId);
  const isOnDisk = local?.type === "fs";
  const storeLimit = storeConfig(local?.config ?? "")?.max_size;
  const unlimited =
    remote === undefined ? deduced(memoryShare.localDisk, leastLocalDisk) : server.config.defaultRemoteCacheSize;
  const limit = typeof storeLimit === "number" && storeLimit > 0 ? storeLimit : row.localStoreSize || unlimited;
  return {
    file_count: 0,
    blocks_dirty: 0,
    blocks_local: 0,
    blocks_remote: 0,
    blocks_total: 0,
    blocks_cached: 0,
    local_disk_used: 0,
    local_disk_max: isOnDisk ? limit : 0,
    local_mem_used: 0,
    local_mem_max: 0,
    append_log_limit_bytes: isOnDisk ? deduced(memoryShare.appendLog, leastAppendLog) : 0,
    read_buffer_entries: 0,
    read_buffer_used: 0,
    read_buffer_max: row.readBufferSize || deduced(memoryShare.readBuffer, leastReadBuffer),
    has_remote: remote !== undefined,
    pending_syncs: 0,
    pending_uploads: share.unsyncedBytes > 0 ? 1 : 0,
    completed_syncs: 0,
    failed_syncs: 0,
    unsynced_bytes: share.unsyncedBytes,
    // Keys that the remote refuses are no reason for the server to call it ill.
    remote_healthy: !isLost,
    eviction_suspended: isLost,
    outage_duration_seconds: 0,
    offline_reads_blocked: 0,
    local_durable: isOnDisk,
    remote_durable: remote !== undefined && remote.type === "s3" && remote.durable !== false,
  };
}

/** Adds up the figures of many shares. Of the flags only `has_remote` is carried over. */
export function totalStats(stats: readonly ShareStats[]): ShareStats {
  const names = Object.keys(stats[0] ?? {});
  return Object.fromEntries(names.map((name) => [name, total(name, stats)]));
}

function total(name: string, stats: readonly ShareStats[]): number | boolean {
  const values = stats.map((one) => one[name]);
  if (values.some((value) => typeof value === "boolean")) return name === "has_remote" && values.includes(true);
  return values.reduce<number>((sum, value) => sum + (typeof value === "number" ? value : 0), 0);
}

function deduced(part: number, least: number): number {
  return Math.max(least, Math.trunc(totalmem() * part));
}
