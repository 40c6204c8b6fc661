import type { Service } from "kubernetes-types/core/v1";
import { fileProtocols } from "./file-protocols.ts";
import type { World } from "./world.ts";

/** How long a Service may wait for its load balancer before node ports count as an address. Clouds take up to a minute. */
export const loadBalancerPatienceMs = 120_000;

export function hasLoadBalancerAddress(service: Service): boolean {
  return (service.status?.loadBalancer?.ingress ?? []).some(
    ({ ip, hostname }) => ip !== undefined || hostname !== undefined,
  );
}

/** For how long a Service without an address may still wait; 0 when its time is over. */
export function patienceLeftMs(service: Service, nowMs: number): number {
  const createdMs = Date.parse(service.metadata?.creationTimestamp ?? "");
  return Number.isNaN(createdMs) ? loadBalancerPatienceMs : Math.max(0, createdMs + loadBalancerPatienceMs - nowMs);
}

/** When the first Service that still waits runs out of patience: then the fallback has to be reported. */
export function loadBalancerDueMs({ server, children, nowMs }: World): number | undefined {
  const names = new Set(fileProtocols(server).map(({ serviceName }) => serviceName));
  const left = children.services
    .filter(
      (service) =>
        names.has(service.metadata?.name ?? "") &&
        service.spec?.type === "LoadBalancer" &&
        !hasLoadBalancerAddress(service),
    )
    .map((service) => patienceLeftMs(service, nowMs))
    .filter((ms) => ms > 0);
  return left.length === 0 ? undefined : Math.min(...left) + 1_000;
}
