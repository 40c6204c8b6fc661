import type { ConfigMap } from "kubernetes-types/core/v1";
import type { DittoServer } from "../../api/ditto-server.ts";
import { configFile, configFileName } from "../config-file/config-file.ts";
import { defaultKrb5Conf, defaultKrb5ConfName, needsDefaultKrb5Conf } from "../config-file/kerberos-settings.ts";
import { configMapName } from "../names.ts";
import type { Wanted } from "../wanted-child.ts";
import { childMeta } from "./child-meta.ts";

/** `podServer`: as which the pod is made; it goes on with files that the spec asks for no more. */
export function configMap(server: DittoServer, podServer = server): Wanted<"ConfigMap", ConfigMap> {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: childMeta(server, { name: configMapName(server), component: "config" }),
    data: {
      [configFileName]: configFile(server),
      ...(needsDefaultKrb5Conf(podServer) && { [defaultKrb5ConfName]: defaultKrb5Conf }),
    },
  };
}
