import type { Service } from "kubernetes-types/core/v1";
import type { DittoServer } from "../../api/ditto-server.ts";
import { type FileProtocol, fileProtocols } from "../file-protocols.ts";
import { selectorLabels } from "../labels.ts";
import { protocolPorts } from "../protocol-ports.ts";
import type { Wanted } from "../wanted-child.ts";
import { childMeta } from "./child-meta.ts";
import { servicePort } from "./service-port.ts";

/**
 * What clients mount from: a Service for each protocol that the spec enables. What the running server says plays no
 * part, so that an address is never lost to a restart.
 */
export function adapterServices(server: DittoServer): readonly Wanted<"Service", Service>[] {
  return fileProtocols(server).map((protocol) => adapterService(server, protocol));
}

function adapterService(server: DittoServer, { protocol, serviceName }: FileProtocol): Wanted<"Service", Service> {
  const defaults = server.spec.adapterServices;
  const own = server.spec[protocol].service;
  const annotations = { ...defaults?.annotations, ...own?.annotations };
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: childMeta(server, { name: serviceName, component: protocol, annotations }),
    spec: {
      type: own?.type ?? defaults?.type ?? "LoadBalancer",
      selector: { ...selectorLabels(server) },
      ports: [servicePort(protocolPorts(server)[protocol])],
    },
  };
}
