import type { Service } from "kubernetes-types/core/v1";
import type { DittoServer } from "../../api/ditto-server.ts";
import { selectorLabels } from "../labels.ts";
import { headlessServiceName } from "../names.ts";
import { protocolPorts } from "../protocol-ports.ts";
import type { Wanted } from "../wanted-child.ts";
import { childMeta } from "./child-meta.ts";
import { servicePort } from "./service-port.ts";

/** The governing Service of the StatefulSet, which gives the pod its DNS name. Only a ready pod is published. */
export function headlessService(server: DittoServer): Wanted<"Service", Service> {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: childMeta(server, { name: headlessServiceName(server), component: "server" }),
    spec: {
      clusterIP: "None",
      selector: { ...selectorLabels(server) },
      ports: [servicePort(protocolPorts(server).api)],
    },
  };
}
