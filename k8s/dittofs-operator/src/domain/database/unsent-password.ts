import { podState } from "../pod/pod-state.ts";
import type { World } from "../world.ts";
import { storeDatabases } from "./store-databases.ts";

/**
 * Whether a password has changed that the server does not have yet. A process that starts opens every metadata store with what the
 * server has, and ends at one that refuses: so nothing may start it again before the password is sent, as long as it can be sent.
 */
export function hasUnsentPassword({ server, secrets, children, pod, dittofs }: World): boolean {
  if (podState(pod).kind !== "ready" || dittofs.kind === "unreachable" || dittofs.kind === "loginFailed") return false;
  const sent =
    dittofs.kind === "answered" ? dittofs.appliedMetadataStores : (server.status?.applied?.metadataStores ?? {});
  const wanted = storeDatabases({ server, named: secrets, generated: children.secrets });
  return [...wanted].some(
    ([name, database]) => database.kind === "usable" && sent[name] !== undefined && sent[name] !== database.digest,
  );
}
