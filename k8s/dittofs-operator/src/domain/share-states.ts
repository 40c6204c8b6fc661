import type { DittoServerStatus } from "../api/status.ts";
import type { World } from "./world.ts";

/** Status is bounded: this many shares are listed, the rest is in the count. */
const listed = 64;
const longestMessage = 512;
/** Messages of many shares are cut shorter. */
const allMessages = 12_288;

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
  const shares = (server.spec.shares ?? []).map(({ name, enabled }) => {
    const share = seen.get(name);
    const failure = failed.get(name);
    if (failure !== undefined) return { name, state: "Failed", message: failure } as const;
    if (share?.isServing === true) return { name, state: "Serving" } as const;
    if (share !== undefined && enabled === false) return { name, state: "Disabled" } as const;
    return { name, state: "Pending", message: share?.message ?? "It is not on the server yet." } as const;
  });
  const first = shares.slice(0, listed);
  const told = first.filter((share) => "message" in share).length;
  const longest = Math.min(longestMessage, Math.floor(allMessages / Math.max(told, 1)));
  return {
    shares: first.map((share) => ("message" in share ? { ...share, message: bounded(share.message, longest) } : share)),
    shareCount: shares.length,
  };
}

function bounded(message: string, longest: number): string {
  return message.length <= longest ? message : `${message.slice(0, longest - 1).toWellFormed()}…`;
}
