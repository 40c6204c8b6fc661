import { type Answer, json, notFound } from "../http/answer.ts";
import type { Call } from "../http/call.ts";

/** Nobody mounts a double, so its lists of clients, mounts, durable handles and learned SIDs are empty. */
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
