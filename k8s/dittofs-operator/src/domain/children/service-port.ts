import type { ServicePort } from "kubernetes-types/core/v1";
import type { ProtocolPort } from "../protocol-ports.ts";

/** The target is the container port's name, so that it follows each pod's own number during a rollout. */
export function servicePort({ protocol, servicePort: port }: ProtocolPort): ServicePort {
  return { name: protocol, port, targetPort: protocol, protocol: "TCP" };
}
