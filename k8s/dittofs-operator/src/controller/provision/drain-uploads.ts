import type { Clock } from "../../runtime/clock.ts";
import { type Asked, authorized } from "./authorized.ts";
import { answerText } from "./failure-text.ts";
import type { DittoFsAccess } from "./pass.ts";
import type { PassEnd } from "./pass-end.ts";
import type { Session } from "./sessions.ts";
import { wait } from "./wait.ts";

export type DrainEnd =
  | { readonly kind: "drained" }
  /** `reason` is a sentence. */
  | { readonly kind: "unfinished"; readonly reason: string };

export type DrainInputs = {
  /** All that it takes to talk to the server, or why nobody can. */
  readonly access: () => Promise<{ readonly code: "ok"; readonly value: DittoFsAccess } | PassEnd>;
  readonly session: Session;
  readonly clock: Clock;
  /** Aborts when the time is up. */
  readonly signal: AbortSignal;
  readonly limitMs: number;
  /** Is told what is to be uploaded, unless it is nothing; again with each try. */
  readonly begin: (bytes: number) => void;
  /** Whether the pod is still there. Afterwards its address may be another one's, which must not get the password. */
  readonly isThere: () => boolean;
  /** The start that comes brings the access key with which uploads work: where they fail, it is not held up. */
  readonly isMendedByStart: boolean;
};

const firstPauseMs = 1000;
const longestPauseMs = 20_000;

/**
 * Waits until the server has uploaded everything. One upload that fails ends the server's own drain, and the way to it may be cut
 * for a moment, so it is tried again until the time is up; each time it is asked first what is left to upload.
 */
export async function drainUploads(inputs: DrainInputs): Promise<DrainEnd> {
  const { clock, session, signal } = inputs;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    const end = await tried(inputs);
    if (end.code === "ok") return { kind: "drained" };
    const unfinished = { kind: "unfinished", reason: reasonOf(end) } as const;
    if (inputs.isMendedByStart && end.code === "unavailable" && end.because === "serverError") return unfinished;
    await wait(clock, Math.max(pauseMs, (session.busyUntilMs ?? 0) - clock.monotonicMs()), signal);
    if (signal.aborted || !inputs.isThere()) return unfinished;
  }
}

async function tried({ access, limitMs, begin }: DrainInputs): Promise<Asked<unknown>> {
  const way = await access();
  if (way.code !== "ok") return way;
  const pending = await authorized(way.value, (api, signal) => api.unsyncedBytes(signal));
  if (pending.code !== "ok" || pending.value === 0) return pending;
  begin(pending.value);
  return await authorized(way.value, (api, signal) => api.drainUploads({ limitMs }, signal));
}

function reasonOf(end: Exclude<Asked<unknown>, { code: "ok" }>): string {
  return end.code === "unreachable" || end.code === "loginFailed" ? end.message : answerText(end);
}
