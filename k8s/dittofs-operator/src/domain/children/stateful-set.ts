import type { StatefulSet } from "kubernetes-types/apps/v1";
import type { EnvVar, PersistentVolumeClaim, PodTemplateSpec } from "kubernetes-types/core/v1";
import type { DittoServer } from "../../api/ditto-server.ts";
import { RESTARTED_AT_ANNOTATION } from "../../api/group.ts";
import { childLabels, selectorLabels } from "../labels.ts";
import { headlessServiceName, statefulSetName } from "../names.ts";
import { rolloutAnnotation } from "../rollout.ts";
import { claimTemplates } from "../volumes/volumes.ts";
import type { Wanted } from "../wanted-child.ts";
import { childMeta } from "./child-meta.ts";
import { serverContainer } from "./pod/container.ts";
import { terminationGracePeriodSeconds } from "./pod/graceful-stop.ts";
import { placement } from "./pod/placement.ts";
import { podSecurityContext } from "./pod/security.ts";
import { initContainers, sidecars } from "./pod/user-containers.ts";
import { podVolumes } from "./pod/volumes.ts";
import { waitForPostgres } from "./pod/wait-for-postgres.ts";

export type StatefulSetInputs = {
  readonly server: DittoServer;
  /** Digest of what the server reads at its start. */
  readonly rollout: string;
  /** The StatefulSet that exists: what Kubernetes never lets change is taken from it. */
  readonly live: StatefulSet | undefined;
  /** What becomes of the claims when the StatefulSet is deleted. */
  readonly claimsOnDeletion: "Retain" | "Delete";
} & Pick<TemplateInputs, "database" | "operatorImage">;

export function statefulSet({
  server,
  rollout,
  live,
  claimsOnDeletion,
  ...ofPod
}: StatefulSetInputs): Wanted<"StatefulSet", StatefulSet> {
  const claims = claimTemplates(server, live);
  return {
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata: childMeta(server, { name: statefulSetName(server), component: "server" }),
    spec: {
      replicas: server.spec.replicas,
      serviceName: headlessServiceName(server),
      selector: { matchLabels: { ...selectorLabels(server) } },
      // With OrderedReady a pod that never became ready is never replaced: a corrected image would not be tried.
      // https://github.com/kubernetes/kubernetes/issues/67250
      podManagementPolicy: live?.spec?.podManagementPolicy ?? "Parallel",
      persistentVolumeClaimRetentionPolicy: { whenDeleted: claimsOnDeletion, whenScaled: "Retain" },
      template: podTemplate(server, { ...ofPod, rollout, claims }),
      ...(claims.length > 0 && { volumeClaimTemplates: [...claims] }),
    },
  };
}

type TemplateInputs = {
  readonly rollout: string;
  readonly claims: readonly PersistentVolumeClaim[];
  /** What says where the database is; empty for a file of the server's own. */
  readonly database: readonly EnvVar[];
  readonly operatorImage: string;
};

function podTemplate(server: DittoServer, inputs: TemplateInputs): PodTemplateSpec {
  const { imagePullSecrets = [] } = server.spec;
  const { rollout, claims } = inputs;
  const before = [
    ...(inputs.database.length === 0 ? [] : [waitForPostgres(server, inputs)]),
    ...initContainers(server),
  ];
  const restartedAt = server.metadata.annotations?.[RESTARTED_AT_ANNOTATION];
  return {
    metadata: {
      labels: { ...server.spec.pod?.labels, ...childLabels(server, "server") },
      annotations: {
        ...server.spec.pod?.annotations,
        [rolloutAnnotation]: rollout,
        ...(restartedAt !== undefined && { [RESTARTED_AT_ANNOTATION]: restartedAt }),
      },
    },
    spec: {
      automountServiceAccountToken: false,
      // Variables named after Services of the namespace could begin with DITTOFS_, which the server reads as its own.
      enableServiceLinks: false,
      securityContext: podSecurityContext(server),
      terminationGracePeriodSeconds: terminationGracePeriodSeconds(server),
      ...placement(server),
      ...(imagePullSecrets.length > 0 && { imagePullSecrets: imagePullSecrets.map(({ name }) => ({ name })) }),
      ...(before.length > 0 && { initContainers: before }),
      containers: [serverContainer(server, inputs), ...sidecars(server)],
      volumes: podVolumes(server, claims),
    },
  };
}
