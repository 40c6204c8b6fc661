import type { Service } from "kubernetes-types/core/v1";
import type { DittoServer } from "../../api/ditto-server.ts";
import { selectorLabels } from "../labels.ts";
import { apiServiceName } from "../names.ts";
import { protocolPorts } from "../protocol-ports.ts";
import type { Wanted } from "../wanted-child.ts";
import { childMeta } from "./child-meta.ts";
import { servicePort } from "./service-port.ts";
import { serviceSettings } from "./service-settings.ts";

export function apiService(server: DittoServer): Wanted<"Service", Service> {
  const { type, ...settings } = server.spec.service;
  const { annotations = {}, labels = {} } = settings;
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: childMeta(server, { name: apiServiceName(server), component: "api", annotations, labels }),
    spec: {
      ...serviceSettings(type, settings, [servicePort(protocolPorts(server).api)]),
      selector: { ...selectorLabels(server) },
    },
  };
}
