import type { DittoServer } from "../api/ditto-server.ts";
import { PORTMAPPER_CONTAINER_PORT, PORTMAPPER_PORT } from "../api/group.ts";

/** A port of NFS beside the one that carries it. */
export type AuxiliaryPort = {
  readonly name: "portmap" | "portmap-udp" | "nfs-udp";
  readonly transport: "TCP" | "UDP";
  readonly containerPort: number;
  readonly servicePort: number;
};

/**
 * What NFSv3 clients need that ask a portmapper, or mount and lock over UDP. The container does not declare these ports,
 * so that switching them on restarts nothing.
 */
export function auxiliaryPorts({ spec: { nfs } }: DittoServer): readonly AuxiliaryPort[] {
  if (!nfs.enabled) return [];
  const portmap = { containerPort: PORTMAPPER_CONTAINER_PORT, servicePort: PORTMAPPER_PORT } as const;
  const udp = { containerPort: nfs.containerPort, servicePort: nfs.port };
  return [
    ...(nfs.settings?.portmapper === true
      ? ([
          { name: "portmap", transport: "TCP", ...portmap },
          { name: "portmap-udp", transport: "UDP", ...portmap },
        ] as const)
      : []),
    ...(nfs.settings?.udp === true ? [{ name: "nfs-udp", transport: "UDP", ...udp } as const] : []),
  ];
}

/** The portmapper names the port on which the server listens, whatever a Service makes of it. */
export function portmapperWarnings({ spec: { nfs } }: DittoServer): readonly string[] {
  if (!nfs.enabled || nfs.settings?.portmapper !== true || nfs.port === nfs.containerPort) return [];
  return [
    `spec.nfs.settings.portmapper announces port ${nfs.containerPort}, and the Service has ${nfs.port}: set spec.nfs.port to ${nfs.containerPort}, or clients must be told the port.`,
  ];
}
