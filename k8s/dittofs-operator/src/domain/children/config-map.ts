import type { ConfigMap } from "kubernetes-types/core/v1";
import type { DittoServer } from "../../api/ditto-server.ts";
import { configFile, configFileName } from "../config-file.ts";
import { configMapName } from "../names.ts";
import type { Wanted } from "../wanted-child.ts";
import { childMeta } from "./child-meta.ts";

export function configMap(server: DittoServer): Wanted<"ConfigMap", ConfigMap> {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: childMeta(server, { name: configMapName(server), component: "config" }),
    data: { [configFileName]: configFile(server) },
  };
}
