import type { DittoServer } from "../api/ditto-server.ts";
import type { ChildOutcome } from "./child-outcome.ts";
import { durationMs } from "./duration.ts";

/** The server's own default. */
const defaultLimit = "5m";

/** Whether contents of the server's shares are uploaded to a bucket. */
export function hasUploads({ spec }: DittoServer): boolean {
  const buckets = new Set(spec.stores?.remote?.filter(({ type }) => type === "s3").map(({ name }) => name));
  return (spec.shares ?? []).some(({ remoteStore }) => remoteStore !== undefined && buckets.has(remoteStore));
}

/** How long a stop waits for uploads at most, whether they move or not. */
export function drainLimitMs({ spec }: DittoServer): number {
  return durationMs(limitOf(spec));
}

function limitOf({ controlPlane }: DittoServer["spec"]): string {
  return controlPlane.drainStallTimeout ?? defaultLimit;
}

/** `bytes`: what was not uploaded when it began, so that the sentence stays the same meanwhile. */
export function drainText({ spec }: DittoServer, bytes: number | undefined): string {
  const amount = bytes === undefined ? "What is not in the remote stores yet" : `About ${sizeText(bytes)}`;
  return `${amount} is uploaded before the file server stops, for ${limitOf(spec)} at most.`;
}

/** What a stop leaves behind. `reason` is a sentence. */
export function unfinishedText({ metadata, spec }: DittoServer, bytes: number | undefined, reason: string): string {
  const amount =
    bytes === undefined
      ? "Whether everything is uploaded is not known"
      : `Not all of about ${sizeText(bytes)} is uploaded`;
  const isForGood = metadata.deletionTimestamp !== undefined;
  const place = !isForGood
    ? "What is left is on its volume and goes on when it starts again."
    : spec.deletionPolicy === "Delete"
      ? "What is left goes with the volumes."
      : "What is left is on the volumes that are kept.";
  return `${amount}, and the file server stops all the same. ${place} ${reason}`;
}

function sizeText(bytes: number): string {
  return bytes < 2 ** 30 ? `${Math.ceil(bytes / 2 ** 20)} MiB` : `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}

/** What is awaited before the pod is ended, if anything is. */
export function drainingText(outcomes: readonly ChildOutcome[]): string | undefined {
  for (const { result } of outcomes) if (result.kind === "draining") return result.message;
  return undefined;
}
