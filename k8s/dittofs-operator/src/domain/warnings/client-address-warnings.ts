import type { DittoServer } from "../../api/ditto-server.ts";
import { adapterServiceSettings } from "../children/adapter-services.ts";
import { fileProtocols } from "../file-protocols.ts";

/** Where the addresses of clients are asked for, and something between them and the server hides them. */
export function clientAddressWarnings(server: DittoServer): readonly string[] {
  return fileProtocols(server).flatMap(({ protocol }) => {
    const fields = fieldsWithAddresses(server, protocol);
    const { type, settings } = adapterServiceSettings(server, protocol);
    const outside = type !== "ClusterIP" && settings.externalTrafficPolicy !== "Local";
    const isListed = (server.spec[protocol].allowedClients ?? []).length > 0;
    if (isListed && !server.spec.networkPolicy.enabled) {
      const only = type === "LoadBalancer" ? "only the load balancer, where it can," : "nothing";
      return [
        `spec.${protocol}.allowedClients: while spec.networkPolicy.enabled is false ${only} keeps others away. Set it to true.`,
      ];
    }
    if (fields.length === 0 || !outside || !server.spec.networkPolicy.enabled) return [];
    return [
      `${fields.join(" and ")}: a client outside the cluster comes under the address of a node, which the NetworkPolicy does not know. Set spec.${protocol}.service.externalTrafficPolicy to Local.`,
    ];
  });
}

function fieldsWithAddresses({ spec }: DittoServer, protocol: "nfs" | "smb"): readonly string[] {
  const isListed = (spec[protocol].allowedClients ?? []).length > 0;
  const isInPeers = (spec.networkPolicy.from ?? []).some(({ ipBlock }) => ipBlock !== undefined);
  return [
    ...(isListed ? [`spec.${protocol}.allowedClients`] : []),
    ...(isInPeers ? ["spec.networkPolicy.from[].ipBlock"] : []),
  ];
}
