import { type RefusedCreation, refused } from "./refused-creation.ts";

const mounted = (mountPath: string, more: object = {}) => ({
  pod: { volumes: [{ name: "a", emptyDir: {} }], volumeMounts: [{ name: "a", mountPath, ...more }] },
});

/** What the rules about the pod's contents refuse. */
export const wrongPods: readonly RefusedCreation[] = [
  refused(
    "a volume with the name of one of the server's",
    { pod: { volumes: [{ name: "content", emptyDir: {} }] } },
    "spec.pod.volumes",
    "config, tmp, metadata, content, cache, controlplane",
    "are the operator's own volumes: use another name",
  ),
  refused("a volume without a name", { pod: { volumes: [{ emptyDir: {} }] } }, "spec.pod.volumes[0].name", "Required"),
  refused(
    "a volume with two sources",
    { pod: { volumes: [{ name: "a", emptyDir: {}, configMap: { name: "b" } }] } },
    "spec.pod.volumes[0]",
    "must have at most 2 items",
  ),
  refused(
    "a volume whose name is no label",
    { pod: { volumes: [{ name: "A", emptyDir: {} }] } },
    "spec.pod.volumes[0].name",
    "must consist of lower-case letters, digits and -",
  ),
  refused(
    "two volumes of one name",
    {
      pod: {
        volumes: [
          { name: "a", emptyDir: {} },
          { name: "a", emptyDir: {} },
        ],
      },
    },
    "spec.pod.volumes[1]",
    "Duplicate",
  ),
  refused(
    "a mount without its volume",
    { pod: { volumeMounts: [{ name: "a", mountPath: "/mnt/a" }] } },
    "spec.pod.volumeMounts",
    "volumeMounts[].name must name a volume of pod.volumes",
  ),
  ...["/data", "/data/store/block/x", "/config", "/tmp", "/app/dfs"].map((path) =>
    refused(
      `a mount that hides ${path}`,
      mounted(path),
      "spec.pod.volumeMounts[0].mountPath",
      "must not be at or below /app",
    ),
  ),
  ...["relative", "/mnt/", "/mnt/../data", "/mnt//data", "/"].map((path) =>
    refused(
      `the mount path ${path}`,
      mounted(path),
      "spec.pod.volumeMounts[0].mountPath",
      ...(path === "/" ? [] : ["must be an absolute path without . and .."]),
    ),
  ),
  refused(
    "a part of a volume by an absolute path",
    mounted("/mnt/a", { subPath: "/a" }),
    "spec.pod.volumeMounts[0].subPath",
    "must be a relative path",
  ),
  refused(
    "a part of a volume named twice",
    mounted("/mnt/a", { subPath: "a", subPathExpr: "$(A)" }),
    "spec.pod.volumeMounts",
    "subPath and subPathExpr exclude each other",
  ),
  refused(
    "a sidecar with the name of the server's container",
    { pod: { sidecars: [{ name: "dittofs", image: "a" }] } },
    "spec.pod.sidecars",
    "dittofs, wait-for-postgres are the operator's own containers: use another name",
  ),
  refused(
    "an init container with the name of the operator's",
    { pod: { initContainers: [{ name: "wait-for-postgres", image: "a" }] } },
    "spec.pod.initContainers",
    "are the operator's own containers: use another name",
  ),
  refused(
    "two containers of one name",
    { pod: { initContainers: [{ name: "a", image: "a" }], sidecars: [{ name: "a", image: "a" }] } },
    "spec.pod.sidecars",
    "initContainers and sidecars must not share a name",
  ),
  refused(
    "a source of variables that is none",
    { pod: { envFrom: [{ prefix: "A_" }] } },
    "spec.pod.envFrom",
    "every item must have exactly one of configMapRef and secretRef",
  ),
  refused(
    "a source of variables that is two",
    { pod: { envFrom: [{ configMapRef: { name: "a" }, secretRef: { name: "a" } }] } },
    "spec.pod.envFrom",
    "every item must have exactly one of configMapRef and secretRef",
  ),
  refused(
    "a prefix that begins no variable",
    { pod: { envFrom: [{ prefix: "1-", secretRef: { name: "a" } }] } },
    "spec.pod.envFrom[0].prefix",
    "must be the beginning of a variable's name",
  ),
  refused(
    "a spread without its bound",
    { pod: { topologySpreadConstraints: [{ topologyKey: "zone", whenUnsatisfiable: "DoNotSchedule" }] } },
    "spec.pod.topologySpreadConstraints[0].maxSkew",
    "Required",
  ),
];
