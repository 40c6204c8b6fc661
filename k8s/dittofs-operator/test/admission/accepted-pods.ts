import type { AcceptedCreation } from "./accepted-creations.ts";

/** Pods at the edge of what is allowed: what Kubernetes alone knows is kept whole. */
export const acceptedPods: readonly AcceptedCreation[] = [
  {
    because: "fields of volumes and containers that only Kubernetes knows",
    spec: {
      pod: {
        volumes: [{ name: "a", projected: { defaultMode: 256, sources: [{ clusterTrustBundle: { path: "x" } }] } }],
        volumeMounts: [
          { name: "a", mountPath: "/mnt/.a" },
          { name: "a", mountPath: "/database" },
        ],
        sidecars: [{ name: "b", image: "b", resizePolicy: [{ resourceName: "cpu", restartPolicy: "NotRequired" }] }],
        initContainers: [{ name: "c", image: "c", restartPolicy: "Always", env: [{ name: "A" }] }],
      },
    },
  },
  {
    because: "a log file on a mounted volume",
    spec: {
      logging: { output: "/logs/dittofs.log", rotation: {} },
      pod: { volumes: [{ name: "logs", emptyDir: {} }], volumeMounts: [{ name: "logs", mountPath: "/logs" }] },
    },
  },
  {
    because: "the portmapper's port for others, while there is none",
    spec: { smb: { containerPort: 10_111 }, nfs: { port: 111, settings: { portmapper: false } } },
  },
  { because: "an older manifest's empty log output", spec: { logging: { output: "" } } },
  {
    because: "a log file on a root that can be written",
    spec: { logging: { output: "/var/log/a.log" }, securityContext: { readOnlyRootFilesystem: false } },
  },
  {
    because: "as many volumes, mounts and containers as the lists take",
    spec: {
      pod: {
        volumes: Array.from({ length: 32 }, (_, at) => ({ name: `volume-${at}`, emptyDir: {} })),
        volumeMounts: Array.from({ length: 32 }, (_, at) => ({ name: `volume-${at}`, mountPath: `/mnt/${at}` })),
        initContainers: Array.from({ length: 8 }, (_, at) => ({ name: `before-${at}`, image: "a" })),
        sidecars: Array.from({ length: 8 }, (_, at) => ({ name: `beside-${at}`, image: "a" })),
        envFrom: Array.from({ length: 16 }, (_, at) => ({ secretRef: { name: `secret-${at}` } })),
      },
    },
  },
];
