import { durationText } from "../config/duration.ts";
import { type Answer, json } from "../http/answer.ts";
import type { Call } from "../http/call.ts";

export function toHealth(): Answer {
  return { kind: "redirect", status: 307, location: "/health" };
}

export function liveness({ server }: Call): Answer {
  const uptimeMs = server.clock.wallMs() - server.startedAtMs;
  return healthy(server.clock.wallMs(), {
    control_plane_db: "reachable",
    service: "dittofs",
    started_at: new Date(server.startedAtMs).toISOString().replace(/\.\d+Z/, "Z"),
    uptime: durationText(Math.round(uptimeMs / 1000) * 1000),
    uptime_sec: Math.floor(uptimeMs / 1000),
  });
}

/** Counts what is loaded, not what is stored, and an adapter without its port as running. */
export function readiness({ server }: Call): Answer {
  const types = server.adapters.running();
  return healthy(server.clock.wallMs(), {
    adapters: { running: types.length, types },
    ...(server.adapters.wasStarted("nfs") ? { grace_period: noGrace } : {}),
    metadata_stores: server.metadataStores.size,
    shares: server.shares.size,
  });
}

// Nobody mounts a double, so nobody has locks to reclaim.
const noGrace = { active: false, remaining_seconds: 0, expected_clients: 0, reclaimed_clients: 0 };

function healthy(nowMs: number, data: unknown): Answer {
  return json({ status: "healthy", timestamp: new Date(nowMs).toISOString(), data });
}
