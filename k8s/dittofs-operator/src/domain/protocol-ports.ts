import type { DittoServer } from "../api/ditto-server.ts";
import { type AuxiliaryPort, auxiliaryPorts } from "./auxiliary-ports.ts";

export type Protocol = "api" | "metrics" | "nfs" | "smb";

export type ProtocolPort = {
  /** Also the name of the container's port and of the Service's port. */
  readonly protocol: Protocol;
  /** Where the server listens inside the pod. */
  readonly containerPort: number;
  /** Where clients reach it through a Service. */
  readonly servicePort: number;
  readonly isEnabled: boolean;
  /** Ports that belong to it. */
  readonly beside?: readonly AuxiliaryPort[];
};

/**
 * The ports of a server: all TCP but for what stands beside NFS, as NFSv3's side protocols share NFS's port. Container, Services and NetworkPolicy
 * read them here and nowhere else.
 */
export function protocolPorts(server: DittoServer): Readonly<Record<Protocol, ProtocolPort>> {
  const { spec } = server;
  const { port } = spec.controlPlane;
  return {
    api: { protocol: "api", containerPort: port, servicePort: port, isEnabled: true },
    metrics: {
      protocol: "metrics",
      containerPort: spec.metrics?.port ?? 0,
      servicePort: spec.metrics?.port ?? 0,
      isEnabled: spec.metrics?.enabled === true,
    },
    nfs: {
      protocol: "nfs",
      containerPort: spec.nfs.containerPort,
      servicePort: spec.nfs.port,
      isEnabled: spec.nfs.enabled,
      beside: auxiliaryPorts(server),
    },
    smb: {
      protocol: "smb",
      containerPort: spec.smb.containerPort,
      servicePort: spec.smb.port,
      isEnabled: spec.smb.enabled,
    },
  };
}

/**
 * What the container declares: also the port of a file protocol that is off, so that switching it on restarts nothing, unless
 * that number is another's, since a container's ports are keyed by it.
 */
export function containerPorts(server: DittoServer): readonly ProtocolPort[] {
  const ports = Object.values(protocolPorts(server)).filter((port) => port.protocol !== "metrics" || port.isEnabled);
  const byPrecedence = [...ports.filter(({ isEnabled }) => isEnabled), ...ports.filter(({ isEnabled }) => !isEnabled)];
  const taken = new Map<number, ProtocolPort>();
  for (const port of byPrecedence) if (!taken.has(port.containerPort)) taken.set(port.containerPort, port);
  return ports.filter((port) => taken.get(port.containerPort) === port);
}
