import type { Service } from "kubernetes-types/core/v1";
import type { DittoServer } from "../../api/ditto-server.ts";
import { type FileProtocol, fileProtocols } from "../file-protocols.ts";
import { selectorLabels } from "../labels.ts";
import { protocolPorts } from "../protocol-ports.ts";
import type { Wanted } from "../wanted-child.ts";
import { childMeta } from "./child-meta.ts";
import { auxiliaryServicePorts, servicePort } from "./service-port.ts";
import { type ServiceSettings, type ServiceType, serviceSettings } from "./service-settings.ts";

/**
 * What clients mount from: a Service for each protocol that the spec enables. What the running server says plays no
 * part, so that an address is never lost to a restart.
 */
export function adapterServices(server: DittoServer): readonly Wanted<"Service", Service>[] {
  return fileProtocols(server).map((protocol) => adapterService(server, protocol));
}

function adapterService(server: DittoServer, { protocol, serviceName }: FileProtocol): Wanted<"Service", Service> {
  const { type, settings } = adapterServiceSettings(server, protocol);
  const { annotations = {}, labels = {} } = settings;
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: childMeta(server, { name: serviceName, component: protocol, annotations, labels }),
    spec: {
      ...serviceSettings(type, settings, [
        servicePort(protocolPorts(server)[protocol]),
        ...(protocol === "nfs" ? auxiliaryServicePorts(server, "TCP") : []),
      ]),
      selector: { ...selectorLabels(server) },
    },
  };
}

/** What a protocol's own Service says, over what both say, over the defaults. */
export function adapterServiceSettings(
  { spec }: DittoServer,
  protocol: FileProtocol["protocol"],
): { readonly type: ServiceType; readonly settings: ServiceSettings } {
  const defaults = spec.adapterServices;
  const { type: ownType, ...own } = spec[protocol].service ?? {};
  const type = ownType ?? defaults?.type ?? "LoadBalancer";
  const { allowedClients } = spec[protocol];
  return {
    type,
    settings: {
      ...(type === "LoadBalancer" && allowedClients !== undefined && { loadBalancerSourceRanges: allowedClients }),
      ...own,
      annotations: { ...defaults?.annotations, ...own.annotations },
    },
  };
}
