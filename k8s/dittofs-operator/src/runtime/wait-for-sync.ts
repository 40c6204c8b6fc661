import type { Clock } from "./clock.ts";
import type { Trouble } from "./contact.ts";
import type { Resource } from "./kubernetes-api.ts";
import { pause } from "./pause.ts";
import type { Reflector } from "./reflector.ts";

const LOOK_EVERY_MS = 20;

export type WaitForSyncOptions = {
  readonly clock: Clock;
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
};

/**
 * Waits until all reflectors have their first complete list. Answers what is missing when the deadline passed: one sentence
 * for each kind, which names the permission to grant when that is the reason. Aborted, it answers what is missing then.
 */
export async function waitForSync(
  reflectors: readonly Pick<Reflector, "resource" | "hasSynced" | "trouble">[],
  { clock, deadlineMs, signal }: WaitForSyncOptions,
): Promise<readonly string[]> {
  const untilMs = clock.monotonicMs() + deadlineMs;
  const missing = () => reflectors.filter((reflector) => !reflector.hasSynced());
  while (missing().length > 0 && clock.monotonicMs() < untilMs && !signal.aborted) {
    await pause(clock, LOOK_EVERY_MS, signal);
  }
  return missing().map(({ resource, trouble }) => `${qualifiedName(resource)}: ${reasonOf(resource, trouble())}`);
}

function reasonOf(resource: Resource, trouble: Trouble | undefined): string {
  if (trouble === undefined) return "the API server has not answered yet";
  const { verb, failure } = trouble;
  if (failure.code === "forbidden") {
    return `the operator may not ${verb} them; grant it the verbs "list" and "watch" on ${qualifiedName(resource)} (${failure.message})`;
  }
  if (failure.code === "notFound") {
    return `the cluster does not serve ${resource.group}/${resource.version}; install its CustomResourceDefinition`;
  }
  return `cannot ${verb} them (${failure.code}): ${failure.message}`;
}

/** As RBAC messages and kubectl write it: `statefulsets.apps`. */
function qualifiedName({ plural, group }: Resource): string {
  return group === "" ? plural : `${plural}.${group}`;
}
