import type { PersistentVolume } from "kubernetes-types/core/v1";
import { cleanup } from "../domain/cleanup.ts";
import { deletionHold, type VolumesSeen } from "../domain/deletion-hold.ts";
import { heededClients } from "../domain/heeded-clients.ts";
import { podState } from "../domain/pod/pod-state.ts";
import type { World } from "../domain/world.ts";
import type { KubernetesApi } from "../runtime/kubernetes-api.ts";
import type { OperatorParts } from "./operator-parts.ts";
import { resources } from "./resources.ts";
import type { ServerKey } from "./server-key.ts";

type Inputs = {
  readonly key: ServerKey;
  readonly world: World;
  readonly parts: OperatorParts;
  readonly signal: AbortSignal;
};

/**
 * Why the deletion of a protected server has to wait; undefined when it may begin. Once its process is being ended nothing
 * is held any more. The server is asked in the queue of its own, so that a slow one holds no worker here.
 */
export async function holdDeletion({ key, world, parts, signal }: Inputs): Promise<string | undefined> {
  const { server, children, pod } = world;
  if (!server.spec.deletionProtection) return undefined;
  const { kind } = cleanup(world);
  if (kind !== "endStatefulSet" && kind !== "endPod") return undefined;
  const asked = parts.sessions.of(server.metadata.uid).clients;
  const { clients, isToBeAsked } = heededClients(asked, {
    isRunning: podState(pod).kind === "ready",
    nowMs: parts.clock.monotonicMs(),
  });
  if (isToBeAsked) parts.askDittoFs(key);
  return deletionHold({
    server,
    services: children.services,
    clients,
    volumes: await volumesSeen(parts.api, signal),
  });
}

async function volumesSeen(api: Pick<KubernetesApi, "list">, signal: AbortSignal): Promise<VolumesSeen> {
  const volumes: PersistentVolume[] = [];
  let continueToken: string | undefined;
  do {
    const query = { shape: "full", limit: 500, ...(continueToken !== undefined && { continueToken }) } as const;
    const page = await api.list(resources.persistentVolumes, query, signal);
    if (!page.ok) return { kind: "unknown", message: page.failure.message };
    volumes.push(...(page.value.items as unknown as PersistentVolume[])); // the list is of volumes
    continueToken = page.value.continueToken;
  } while (continueToken !== undefined && continueToken !== "");
  return { kind: "seen", volumes };
}
