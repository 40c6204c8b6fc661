import type { StorageClass } from "kubernetes-types/storage/v1";
import type { DittoServer } from "../api/ditto-server.ts";
import { claimName, podName } from "../domain/names.ts";
import { referencedSecretNames } from "../domain/secrets/referenced-secrets.ts";
import { dataVolumes } from "../domain/volumes/volumes.ts";
import type { World } from "../domain/world.ts";
import type { KubernetesObject } from "../runtime/kubernetes-api.ts";
import { absentSecrets } from "./absent-references.ts";
import type { ChildStore } from "./cluster-stores.ts";
import { ownership } from "./ownership.ts";
import { readDatabaseClaims } from "./read-database-claims.ts";
import { readSecrets, type SecretReading } from "./read-secrets.ts";

export type ObserveInputs = SecretReading & {
  readonly server: DittoServer;
  readonly servedKinds: World["servedKinds"];
  readonly operatorNamespace: string;
  /** With some it may not look at what stands in none. */
  readonly namespaces: readonly string[] | undefined;
  readonly operatorImage: string;
  readonly platform: World["platform"];
  readonly nowMs: number;
};

/** Reads everything that a pass knows of the cluster: from the stores, and Secrets of users from the API where they are new. */
export async function observe(inputs: ObserveInputs): Promise<Omit<World, "dittofs">> {
  const { server, stores, operatorImage, platform, nowMs } = inputs;
  const serverKey = `${server.metadata.namespace}/${server.metadata.name}`;
  const inStore = (store: ChildStore): readonly KubernetesObject[] => store.byIndex("server", serverKey);
  const ours = (store: ChildStore): readonly KubernetesObject[] =>
    inStore(store).filter((object) => ownership(object, server) === "ours");
  const volumeClaims = new Set(dataVolumes.map(({ name }) => claimName(server, name)));
  const isOfVolume = ({ metadata }: KubernetesObject): boolean => volumeClaims.has(metadata.name);
  const named = await readSecrets(server.metadata.namespace, referencedSecretNames(server), inputs);
  const pod = inStore(stores.pods).find(({ metadata }) => metadata.name === podName(server));
  return {
    server,
    children: {
      statefulSets: ours(stores.statefulSets),
      configMaps: ours(stores.configMaps),
      secrets: ours(stores.secrets),
      services: ours(stores.services),
      networkPolicies: ours(stores.networkPolicies),
      ingresses: ours(stores.ingresses),
      perconaPGClusters: ours(stores.perconaPGClusters),
      serviceMonitors: ours(stores.serviceMonitors),
    } as unknown as World["children"], // each store watches one kind, and its objects are that kind's JSON
    pod: pod as unknown as World["pod"], // the store watches pods
    claims: inStore(stores.claims).filter(isOfVolume) as unknown as World["claims"], // the store watches claims
    storageClasses:
      inputs.namespaces === undefined ? (stores.storageClasses.all() as unknown as StorageClass[]) : undefined, // likewise
    secrets: named,
    databaseClaims: await readDatabaseClaims({ server, named }, inputs),
    platform,
    absentReferences: absentSecrets(server, stores),
    servedKinds: new Set(inputs.servedKinds),
    operatorNamespace: inputs.operatorNamespace,
    operatorImage,
    nowMs,
  };
}
