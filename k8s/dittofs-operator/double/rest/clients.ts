import { type Answer, json, notFound } from "../http/answer.ts";
import type { Call } from "../http/call.ts";

export function listClients({ server, query }: Call): Answer {
  const protocol = query.get("protocol");
  const wanted = server.clients.filter((client) => protocol === null || client.protocol === protocol);
  const at = new Date(server.startedAtMs).toISOString();
  return json(
    wanted.map((client, index) => ({
      client_id: `${client.protocol}-${index}`,
      connected_at: at,
      last_activity: at,
      shares: null,
      ...client,
    })),
  );
}

/** Nobody mounts a double, so its lists of mounts, durable handles and learned SIDs are empty. */
export const emptyList = (): Answer => json([]);

export function noClient(_call: Call): Answer {
  throw notFound("client not found");
}

export function noDurableHandle(_call: Call): Answer {
  throw notFound("Durable handle not found");
}

export function noSidMapping(_call: Call): Answer {
  throw notFound("SID mapping not found");
}
