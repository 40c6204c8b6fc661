import type { DittoServerStatus } from "../api/status.ts";
import type { World } from "./world.ts";

/** Status is bounded: this many shares are listed, the rest is in the count. */
const listed = 64;

/** The declared shares as the server last showed them; while it does not answer, what was known before stays. */
export function shareStates({ server, dittofs }: World): Pick<DittoServerStatus, "shares" | "shareCount"> {
  if (dittofs.kind !== "answered") {
    const before = server.status;
    return {
      ...(before?.shares === undefined ? {} : { shares: before.shares }),
      ...(before?.shareCount === undefined ? {} : { shareCount: before.shareCount }),
    };
  }
  const seen = new Map(dittofs.shares.map((share) => [share.name, share]));
  const failed = new Map(
    dittofs.outcomes.flatMap(({ family, name, result }) =>
      family === "share" && result.kind === "failed" ? [[name, result.message] as const] : [],
    ),
  );
  const shares = (server.spec.shares ?? []).map(({ name }) => {
    const message =
      failed.get(name) ??
      (seen.get(name)?.isServing === true ? "" : (seen.get(name)?.message ?? "not on the server yet"));
    const state = failed.has(name) ? "Failed" : seen.get(name)?.isServing === true ? "Serving" : "Pending";
    return { name, state, ...(message === "" ? {} : { message: message.slice(0, 256) }) } as const;
  });
  return { shares: shares.slice(0, listed), shareCount: shares.length };
}
