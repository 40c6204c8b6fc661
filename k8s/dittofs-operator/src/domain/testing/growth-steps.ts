import type { PersistentVolumeClaim } from "kubernetes-types/core/v1";
import { volumeGrowth } from "../volumes/volume-growth.ts";
import { wantedVolumes } from "../volumes/wanted-volumes.ts";
import { aServer } from "./a-server.ts";
import { aReadyPod, aServingWorld, aStorageClass } from "./a-world.ts";

/** What there is of a server's volumes, and what is wanted. */
export type GrowthBefore = {
  /** By volume name. */
  readonly wanted: Readonly<Record<string, string>>;
  readonly claims?: readonly PersistentVolumeClaim[];
  /** Undefined: there is no StatefulSet. */
  readonly templates?: Readonly<Record<string, string>> | undefined;
  readonly mounted?: readonly string[];
  readonly policy?: "Retain" | "Delete";
  readonly observedGeneration?: number;
  readonly podIsEnding?: boolean;
  readonly className?: string;
};
const classes = [
  aStorageClass("standard", { isDefault: true }),
  aStorageClass("fixed", { canGrow: false }),
  aStorageClass("local", { waitsForPod: true }),
];

/** The steps in words, in their order. */
export function growthSteps(before: GrowthBefore): string {
  const { metadata, content: size, cache } = before.wanted;
  const storage = {
    accessMode: "ReadWriteOnce",
    ...(metadata !== undefined && { metadataSize: metadata }),
    ...(size !== undefined && { contentSize: size }),
    ...(cache !== undefined && { cacheSize: cache }),
    ...(before.className !== undefined && { storageClassName: before.className }),
  } as const;
  const sqlite = { path: "/data/controlplane/controlplane.db", persistent: false };
  const server = aServer({ storage, database: { sqlite } });
  const [live] = aServingWorld({ server }).children.statefulSets;
  const templates = Object.entries(before.templates ?? {}).map(([name, storageSize]) => ({
    metadata: { name },
    spec: { resources: { requests: { storage: storageSize } } },
  }));
  const { mounted = Object.keys(before.templates ?? {}), policy = "Retain", observedGeneration = 1 } = before;
  const pod = aReadyPod();
  const volumes = mounted.map((name) => ({ name, persistentVolumeClaim: { claimName: `${name}-files-0` } }));
  const ending = before.podIsEnding === true ? { deletionTimestamp: "2026-01-01T00:00:00Z" } : {};
  const growth = volumeGrowth({
    volumes: wantedVolumes({ server, claims: before.claims ?? [], storageClasses: classes }),
    liveStatefulSet:
      before.templates === undefined || live?.spec === undefined
        ? undefined
        : {
            ...live,
            spec: {
              ...live.spec,
              volumeClaimTemplates: templates,
              persistentVolumeClaimRetentionPolicy: { whenDeleted: policy },
            },
            status: { replicas: 1, observedGeneration },
          },
    pod: { ...pod, metadata: { ...pod.metadata, ...ending }, spec: { containers: [], volumes } },
  });
  const said = [
    ...growth.claims.map(({ name, from, to }) => `${name} from ${from} to ${to}`),
    ...(growth.claimsOnReplacement === undefined ? [] : ["let go of claims"]),
    ...(growth.replacement === undefined ? [] : [`replace ${growth.replacement.uid}`]),
    ...(growth.restart === undefined ? [] : [`restart ${growth.restart.podUid} for ${growth.restart.claimName}`]),
  ];
  return said.length === 0 ? "nothing" : said.join(", ");
}
