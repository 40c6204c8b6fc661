import type { Service } from "kubernetes-types/core/v1";
import type { DittoServer } from "../../api/ditto-server.ts";
import { selectorLabels } from "../labels.ts";
import { auxiliaryServiceName } from "../names.ts";
import type { Wanted } from "../wanted-child.ts";
import { adapterServiceSettings } from "./adapter-services.ts";
import { childMeta } from "./child-meta.ts";
import { auxiliaryServicePorts } from "./service-port.ts";
import { serviceSettings } from "./service-settings.ts";

/** NFS's ports over UDP, in a Service of their own: many load balancers refuse one that mixes UDP with TCP. */
export function auxiliaryService(server: DittoServer): readonly Wanted<"Service", Service>[] {
  const ports = auxiliaryServicePorts(server, "UDP");
  if (ports.length === 0) return [];
  const { type, settings } = adapterServiceSettings(server, "nfs");
  const { annotations = {}, labels = {}, nodePort: _, ...others } = settings;
  return [
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: childMeta(server, { name: auxiliaryServiceName(server), component: "nfs", annotations, labels }),
      spec: { ...serviceSettings(type, others, ports), selector: { ...selectorLabels(server) } },
    },
  ];
}
