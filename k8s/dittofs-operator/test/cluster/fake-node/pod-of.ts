import { createHash } from "node:crypto";
import type { StatefulSet } from "kubernetes-types/apps/v1";
import type { PersistentVolumeClaim, Pod } from "kubernetes-types/core/v1";
import type { OwnerReference } from "kubernetes-types/meta/v1";

/** The revision that the StatefulSet's template has now; the same template has the same again. */
export function revisionOf({ metadata, spec }: StatefulSet): string {
  const digest = createHash("sha256").update(JSON.stringify(spec?.template)).digest("hex");
  return `${metadata?.name}-${digest.slice(0, 10)}`;
}

/** The pod number 0 as the StatefulSet controller makes it: template, identity labels, one volume per claim template. */
export function podOf(statefulSet: StatefulSet): Pod {
  const { metadata, spec } = statefulSet;
  const name = `${metadata?.name}-0`;
  const claims = claimsOf(statefulSet).map((claim) => ({
    name: claim.metadata?.name?.replace(`-${name}`, "") ?? "",
    persistentVolumeClaim: { claimName: claim.metadata?.name ?? "" },
  }));
  const template = spec?.template;
  const ownVolumes = (template?.spec?.volumes ?? []).filter(({ name: own }) =>
    claims.every((claim) => claim.name !== own),
  );
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name,
      ...(metadata?.namespace !== undefined && { namespace: metadata.namespace }),
      labels: {
        ...template?.metadata?.labels,
        "controller-revision-hash": revisionOf(statefulSet),
        "statefulset.kubernetes.io/pod-name": name,
        "apps.kubernetes.io/pod-index": "0",
      },
      annotations: { ...template?.metadata?.annotations },
      ownerReferences: [ownerOf(statefulSet)],
    },
    spec: {
      ...template?.spec,
      containers: template?.spec?.containers ?? [],
      hostname: name,
      subdomain: spec?.serviceName ?? "",
      volumes: [...ownVolumes, ...claims],
    },
  };
}

/** What makes a pod that of the StatefulSet. */
export function ownerOf({ metadata }: StatefulSet): OwnerReference {
  return {
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    name: metadata?.name ?? "",
    uid: metadata?.uid ?? "",
    controller: true,
    blockOwnerDeletion: true,
  };
}

/** The claims of that pod. They name a volume of their own, because the controller that would bind them is off. */
export function claimsOf({ metadata, spec }: StatefulSet): readonly PersistentVolumeClaim[] {
  return (spec?.volumeClaimTemplates ?? []).map((template) => {
    const name = `${template.metadata?.name}-${metadata?.name}-0`;
    return {
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      metadata: {
        name,
        ...(metadata?.namespace !== undefined && { namespace: metadata.namespace }),
        labels: { ...template.metadata?.labels, ...spec?.selector?.matchLabels },
      },
      spec: { ...template.spec, volumeName: `${metadata?.namespace}-${name}` },
    };
  });
}
