import type { Service } from "kubernetes-types/core/v1";
import { fileProtocols } from "./file-protocols.ts";
import type { World } from "./world.ts";

export function hasLoadBalancerAddress(service: Service): boolean {
  return (service.status?.loadBalancer?.ingress ?? []).some(
    ({ ip, hostname }) => ip !== undefined || hostname !== undefined,
  );
}

/** For how long a Service without an address may still wait; 0 when its time is over and node ports count instead. */
export function patienceLeftMs({ server, nowMs }: Pick<World, "server" | "nowMs">, service: Service): number {
  const patienceMs = server.spec.loadBalancer.fallbackAfterSeconds * 1_000;
  const createdMs = Date.parse(service.metadata?.creationTimestamp ?? "");
  return Number.isNaN(createdMs) ? patienceMs : Math.max(0, createdMs + patienceMs - nowMs);
}

/** When the first Service that still waits runs out of patience: then the fallback has to be reported. */
export function loadBalancerDueMs({ server, children, nowMs }: World): number | undefined {
  if (server.spec.loadBalancer.fallback === "None") return undefined;
  const names = new Set(fileProtocols(server).map(({ serviceName }) => serviceName));
  const left = children.services
    .filter(
      (service) =>
        names.has(service.metadata?.name ?? "") &&
        service.spec?.type === "LoadBalancer" &&
        !hasLoadBalancerAddress(service),
    )
    .map((service) => patienceLeftMs({ server, nowMs }, service))
    .filter((ms) => ms > 0);
  return left.length === 0 ? undefined : Math.min(...left) + 1_000;
}
