import type { DittoServer } from "../api/ditto-server.ts";

/** Which of two servers was there first, so that both come to the same result; never one before itself. */
export function isEarlier({ metadata: a }: DittoServer, { metadata: b }: DittoServer): boolean {
  if (a.uid === b.uid) return false;
  if (a.creationTimestamp !== b.creationTimestamp) return a.creationTimestamp < b.creationTimestamp;
  return `${a.namespace}/${a.name}` < `${b.namespace}/${b.name}`;
}
