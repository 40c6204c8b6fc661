import { storeDatabases } from "./database/store-databases.ts";
import { podState } from "./pod/pod-state.ts";
import { storeDigest, storeKey } from "./provisioning/loaded-settings.ts";
import { wantedMetadataStores } from "./provisioning/metadata-stores.ts";
import { loadedUnseen, startDigest } from "./provisioning/start-settings.ts";
import { wantedShares } from "./provisioning/wanted-shares.ts";
import type { World } from "./world.ts";

/**
 * Whether the server has yet to be told something that its process takes up at a start. Told before a rollout it costs no second restart.
 * A server that does not answer is not waited for, nor one that has answered about this spec, whatever it made of it.
 */
export function hasUntoldStartSettings(
  world: Pick<World, "server" | "secrets" | "children" | "pod" | "dittofs">,
): boolean {
  const { server, pod, dittofs } = world;
  const state = podState(pod);
  if (state.kind !== "ready" || dittofs.kind === "unreachable" || dittofs.kind === "loginFailed") return false;
  if (dittofs.kind === "answered" && dittofs.generation === server.metadata.generation)
    return dittofs.awaitsNote === true;
  const loaded = dittofs.kind === "answered" ? dittofs.loadedShares : server.status?.applied?.loadedShares;
  if (loaded?.process !== state.process) return false;
  const { digests = {}, settings = {} } = loaded;
  const databases = storeDatabases({ server, named: world.secrets, generated: world.children.secrets });
  return (
    wantedShares(server).some((share) => isOther(digests[share.name], startDigest(share))) ||
    wantedMetadataStores(server, databases).some(
      (store) => store.password?.kind !== "unusable" && isOther(settings[storeKey(store.name)], storeDigest(store)),
    )
  );
}

/** Of what nobody has looked at yet nothing is known. */
function isOther(loaded: string | undefined, wanted: string): boolean {
  return loaded !== undefined && loaded !== loadedUnseen && loaded !== wanted;
}
