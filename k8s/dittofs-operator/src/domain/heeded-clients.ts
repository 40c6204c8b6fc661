import type { ClientsSeen } from "./deletion-hold.ts";

/** What a server said last of its clients, and when: milliseconds of a monotonic clock. */
export type AskedClients = {
  readonly seen: ClientsSeen;
  readonly monotonicMs: number;
  /** The first answer in a row that names nobody. */
  readonly nobodySinceMs?: number;
};

/** An answer of the server that is older lets nobody's mount be cut off. */
const longestAgeMs = 8_000;

/** For so long it has to say that nobody is there: one list may be empty by mistake, or come before clients are back. */
const nobodyForMs = 8_000;

export function answeredClients(
  earlier: AskedClients | undefined,
  seen: ClientsSeen,
  monotonicMs: number,
): AskedClients {
  const isNobody = seen.kind === "seen" && seen.clients.length === 0;
  return { seen, monotonicMs, ...(isNobody && { nobodySinceMs: earlier?.nobodySinceMs ?? monotonicMs }) };
}

/** What is believed of it, undefined for nothing yet, and whether the server has to be asked anew. One that does not run has no clients. */
export function heededClients(
  asked: AskedClients | undefined,
  { isRunning, nowMs }: { readonly isRunning: boolean; readonly nowMs: number },
): { readonly clients: ClientsSeen | undefined; readonly isToBeAsked: boolean } {
  if (!isRunning) return { clients: { kind: "seen", clients: [] }, isToBeAsked: false };
  const isFresh = asked !== undefined && nowMs - asked.monotonicMs <= longestAgeMs;
  const isProved = isFresh && asked.monotonicMs - (asked.nobodySinceMs ?? asked.monotonicMs) >= nobodyForMs;
  const isDoubtful = asked?.nobodySinceMs !== undefined && !isProved;
  return { clients: isDoubtful ? undefined : asked?.seen, isToBeAsked: !isFresh };
}
