import type { StatefulSet } from "kubernetes-types/apps/v1";

/** A StatefulSet like the operator's: one container, one volume of the pod and one claim. */
export function aStatefulSet({ replicas = 1, image = "dittofs:1" } = {}): StatefulSet {
  return {
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata: { name: "files", namespace: "default", uid: "set-1", generation: 3 },
    spec: {
      replicas,
      serviceName: "files-headless",
      selector: { matchLabels: { instance: "files" } },
      template: {
        metadata: { labels: { instance: "files" }, annotations: { rollout: "1" } },
        spec: {
          containers: [
            {
              name: "dittofs",
              image,
              args: ["start", "--config", "/config/config.yaml"],
              env: [{ name: "SECRET", valueFrom: { secretKeyRef: { name: "files-secret", key: "key" } } }],
              volumeMounts: [
                { name: "config", mountPath: "/config" },
                { name: "metadata", mountPath: "/data/metadata" },
              ],
            },
          ],
          volumes: [{ name: "config", configMap: { name: "files-config" } }],
        },
      },
      volumeClaimTemplates: [
        {
          metadata: { name: "metadata", labels: { part: "volume" } },
          spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
        },
      ],
    },
  };
}
