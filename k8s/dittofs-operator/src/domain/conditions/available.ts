import type { ConditionVerdict } from "../../api/conditions.ts";
import { postgresStores, storePlace } from "../database/store-databases.ts";
import type { Pass } from "../pass.ts";
import { podState } from "../pod/pod-state.ts";

const namedStores = 5;

/** What ends every start without a word of the API's, and is not seen in the spec: a database of a metadata store that does not answer. */
function databases({ server, secrets }: Pass["world"]): string {
  const stores = postgresStores(server).map(({ name, postgres }) => {
    const place = storePlace(postgres, { server, named: secrets });
    return place === undefined ? name : `${name} (database ${place.database} on ${place.host}:${place.port})`;
  });
  if (stores.length === 0) return "";
  const more = stores.length > namedStores ? ` and ${stores.length - namedStores} more` : "";
  return ` It ends at a metadata store whose database does not answer; in PostgreSQL it has ${stores.slice(0, namedStores).join(", ")}${more}.`;
}

/** The server's pod is ready. */
export function available({ world }: Pass): ConditionVerdict {
  if (world.server.spec.replicas === 0) {
    return { status: "False", reason: "Stopped", message: "Stopped by spec.replicas: 0. Set it to 1 to serve again." };
  }
  const state = podState(world.pod);
  switch (state.kind) {
    case "ready":
      return { status: "True", reason: "PodReady", message: "The server's pod is ready." };
    case "none":
      return { status: "False", reason: "PodPending", message: "The server has no pod yet." };
    case "ending":
      return { status: "False", reason: "PodPending", message: "The server's pod is ending; a new one follows." };
    case "starting":
      return { status: "False", reason: "PodPending", message: `Not ready yet: ${state.message}.` };
    case "unschedulable":
      return { status: "False", reason: "PodPending", message: `The pod fits on no node: ${state.message}` };
    case "imageFailed":
      return {
        status: "False",
        reason: "ImagePullFailed",
        message: `Cannot get the ${state.message}. Correct spec.image or spec.imagePullSecrets.`,
      };
    case "crashing":
      return {
        status: "False",
        reason: "PodCrashLooping",
        message: `The server does not stay up: ${state.message}. See kubectl logs ${world.server.metadata.name}-0.${state.exitCode === 1 ? databases(world) : ""}`,
      };
    default:
      return state satisfies never;
  }
}
