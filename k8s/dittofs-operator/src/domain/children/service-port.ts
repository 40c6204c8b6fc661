import type { ServicePort } from "kubernetes-types/core/v1";
import type { DittoServer } from "../../api/ditto-server.ts";
import { type AuxiliaryPort, auxiliaryPorts } from "../auxiliary-ports.ts";
import type { ProtocolPort } from "../protocol-ports.ts";

/** The target is the container port's name, so that it follows each pod's own number during a rollout. */
export function servicePort({ protocol, servicePort: port }: ProtocolPort): ServicePort {
  return { name: protocol, port, targetPort: protocol, protocol: "TCP" };
}

export function auxiliaryServicePorts(
  server: DittoServer,
  transport: AuxiliaryPort["transport"],
): readonly ServicePort[] {
  return auxiliaryPorts(server)
    .filter((each) => each.transport === transport)
    .map(({ name, servicePort: port, containerPort: targetPort }) => ({ name, port, targetPort, protocol: transport }));
}
