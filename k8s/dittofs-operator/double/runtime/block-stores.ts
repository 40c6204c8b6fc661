import { randomUUID } from "node:crypto";
import { rmSync, statSync, writeFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { makeFolder } from "../state/make-folder.ts";
import type { BlockStoreKind, BlockStoreRow } from "../state/rows.ts";
import type { Network } from "./network.ts";
import { endpointProblem, objectStoreState, unreachableWaits } from "./object-store.ts";
import type { Report, Reports } from "./report.ts";
import { type StoreConfig, storeConfig } from "./store-config.ts";

const types: Readonly<Record<BlockStoreKind, readonly string[]>> = {
  local: ["fs", "memory"],
  remote: ["s3", "memory"],
};

export function isBlockStoreType(kind: BlockStoreKind, type: string): boolean {
  return types[kind].includes(type);
}

/** Why the server refuses a block store, or undefined. Makes the directory of a file system store. */
export async function blockStoreProblem(
  type: string,
  configText: string,
  { network, storeRoot }: { readonly network: Network; readonly storeRoot: string },
): Promise<string | undefined> {
  const config = storeConfig(configText);
  if (config === undefined) return "failed to get config: not a JSON object";
  if (type === "fs") return directoryProblem(config, storeRoot);
  return type === "s3" ? await s3Problem(config, network) : undefined;
}

function directoryProblem({ path }: StoreConfig, storeRoot: string): string | undefined {
  if (path === undefined || path === "") return "fs local block store requires path in config";
  if (typeof path !== "string") return "fs local block store path must be a string";
  if (!isAbsolute(path)) return `fs local block store path must be absolute, got "${path}"`;
  try {
    makeFolder(join(storeRoot, path));
    return undefined;
  } catch (cause) {
    return `failed to create block store directory "${path}": ${String(cause)}`;
  }
}

async function s3Problem(config: StoreConfig, network: Network): Promise<string | undefined> {
  for (const key of ["bucket", "access_key_id", "secret_access_key"])
    if (typeof config[key] !== "string" || config[key] === "") return `s3 remote block store requires ${key} in config`;
  return (
    (await endpointProblem(config, network)) ??
    compressionProblem(config.compression) ??
    uploadsProblem(config.parallel_uploads)
  );
}

function compressionProblem(compression: unknown): string | undefined {
  if (compression === undefined) return undefined;
  if (typeof compression !== "object" || compression === null || Array.isArray(compression))
    return "compression: expected object";
  if (!("algo" in compression) || compression.algo === "zstd" || compression.algo === "lz4") return undefined;
  return `compression.algo: unsupported value ${JSON.stringify(compression.algo)} (want zstd or lz4)`;
}

function uploadsProblem(uploads: unknown): string | undefined {
  if (uploads === undefined) return undefined;
  if (typeof uploads !== "number") return "parallel_uploads: expected number";
  if (!Number.isInteger(uploads)) return `parallel_uploads: expected integer, got ${uploads}`;
  return uploads < 0 || uploads > 256 ? `parallel_uploads: must be between 0 and 256 (got ${uploads})` : undefined;
}

export interface Probe {
  readonly reports: Reports;
  readonly network: Network;
  readonly storeRoot: string;
  /** Lets the time pass that an unreachable store costs. */
  readonly wait: (durationMs: number) => Promise<void>;
}

/** Looks at a block store; the server does so at every read of it, without keeping the result. */
export async function blockStoreReport(row: BlockStoreRow, probe: Probe): Promise<Report> {
  const { reports } = probe;
  if (row.type === "memory") return reports.make("healthy", "in-memory store is always healthy");
  const config = storeConfig(row.config) ?? {};
  if (row.type === "fs") return directoryReport(typeof config.path === "string" ? config.path : "", probe);
  const state = await objectStoreState(config, probe.network);
  if (state === "unreachable") await probe.wait(unreachableWaits.probeMs);
  if (state !== "accessible")
    return reports.make(
      "unhealthy",
      "S3 connectivity check failed",
      state === "unreachable" ? unreachableWaits.probeMs : 0,
    );
  return reports.make(
    "healthy",
    `S3 bucket accessible: ${String(config.bucket)} (region: ${typeof config.region === "string" && config.region !== "" ? config.region : "us-east-1"})`,
  );
}

function directoryReport(path: string, { reports, storeRoot }: Probe): Report {
  if (path === "") return reports.make("unhealthy", "no path configured");
  const folder = join(storeRoot, path);
  const stats = statSync(folder, { throwIfNoEntry: false });
  if (stats === undefined) return reports.make("unhealthy", "configured path does not exist");
  if (!stats.isDirectory()) return reports.make("unhealthy", "configured path is not a directory");
  const probeFile = join(folder, `.dfs-health-check-${randomUUID()}`);
  try {
    writeFileSync(probeFile, "");
    rmSync(probeFile);
    return reports.make("healthy", "path accessible and writable");
  } catch {
    return reports.make("unhealthy", "configured path is not writable");
  }
}
