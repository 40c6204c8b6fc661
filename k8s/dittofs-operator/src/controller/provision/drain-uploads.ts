import { authorized } from "./authorized.ts";
import { answerText } from "./failure-text.ts";
import type { DittoFsAccess } from "./pass.ts";

export type DrainEnd =
  | { readonly kind: "drained" }
  /** `reason` is a sentence. */
  | { readonly kind: "unfinished"; readonly reason: string };

const drained: DrainEnd = { kind: "drained" };

/** Waits until the server has uploaded everything. `begin` is told how much that is, unless it is nothing. */
export async function drainUploads(
  access: DittoFsAccess,
  { limitMs, begin }: { readonly limitMs: number; readonly begin: (bytes: number) => void },
): Promise<DrainEnd> {
  const pending = await authorized(access, (api, signal) => api.unsyncedBytes(signal));
  if (pending.code === "ok" && pending.value === 0) return drained;
  if (pending.code === "ok") begin(pending.value);
  const end =
    pending.code === "ok" ? await authorized(access, (api, signal) => api.drainUploads({ limitMs }, signal)) : pending;
  if (end.code === "ok") return drained;
  const reason = end.code === "unreachable" || end.code === "loginFailed" ? end.message : answerText(end);
  return { kind: "unfinished", reason };
}
