import type { Service } from "kubernetes-types/core/v1";
import type { ConditionVerdict } from "../../api/conditions.ts";
import { fileProtocols } from "../file-protocols.ts";
import { hasLoadBalancerAddress, patienceLeftMs } from "../load-balancer-patience.ts";
import type { Pass } from "../pass.ts";

/** Every file protocol has an address that clients can use. */
export function reachable({ world }: Pass): ConditionVerdict {
  let hasFallback = false;
  for (const { serviceName } of fileProtocols(world.server)) {
    const service = world.children.services.find((each) => each.metadata?.name === serviceName);
    if (service === undefined)
      return { status: "False", reason: "ServicePending", message: `Service ${serviceName} is not there yet.` };
    if (service.spec?.type !== "LoadBalancer" || hasLoadBalancerAddress(service)) continue;
    if (
      world.server.spec.loadBalancer.fallback === "None" ||
      patienceLeftMs(world, service) > 0 ||
      !hasNodePort(service)
    ) {
      return {
        status: "False",
        reason: "LoadBalancerPending",
        message: `Service ${serviceName} waits for a load balancer address. Without a load balancer in the cluster set adapterServices.type: NodePort.`,
      };
    }
    hasFallback = true;
  }
  if (hasFallback) {
    return {
      status: "True",
      reason: "NodePortFallback",
      message:
        "No load balancer gave an address in time. Clients can use the node port in status.endpoints meanwhile; install a load balancer, or set adapterServices.type: NodePort to stay so.",
    };
  }
  return { status: "True", reason: "Addressed", message: "Every protocol has an address." };
}

function hasNodePort(service: Service): boolean {
  return (service.spec?.ports ?? []).some(({ nodePort }) => nodePort !== undefined);
}
