import type { Service } from "kubernetes-types/core/v1";
import type { Ingress } from "kubernetes-types/networking/v1";
import type { DittoServer } from "../api/ditto-server.ts";
import type { Endpoint } from "../api/status.ts";
import { fileProtocols } from "./file-protocols.ts";
import { apiServiceName, ingressName } from "./names.ts";

export type EndpointInputs = {
  readonly server: DittoServer;
  readonly services: readonly Service[];
  readonly ingresses: readonly Ingress[];
  /** An address of the node that runs the pod, for node ports. */
  readonly nodeAddress: string | undefined;
  readonly isServing: boolean;
};

/**
 * Every address under which clients may reach the server. The cluster's DNS domain is not known, so names of Services
 * end in `.svc`, which every search path completes. The address that reaches furthest stands first: `kubectl get` shows
 * the first of a protocol.
 */
export function endpoints(inputs: EndpointInputs): readonly Endpoint[] {
  return [
    ...fileProtocols(inputs.server).flatMap(({ protocol, serviceName }) => ofService(inputs, protocol, serviceName)),
    ...ofIngress(inputs),
    ...ofService(inputs, "api", apiServiceName(inputs.server)),
  ];
}

function ofService(inputs: EndpointInputs, protocol: Endpoint["protocol"], name: string): readonly Endpoint[] {
  const service = inputs.services.find((each) => each.metadata?.name === name);
  const port = service?.spec?.ports?.[0];
  if (service === undefined || port === undefined) return [];
  const entry = (scope: Endpoint["scope"], host: string, number: number): Endpoint => ({
    protocol,
    scope,
    host,
    port: number,
    ready: inputs.isServing,
    ...mountCommand(inputs.server, { protocol, host, port: number }),
  });
  const inside = entry("cluster", `${name}.${inputs.server.metadata.namespace}.svc`, port.port);
  const outside = (service.status?.loadBalancer?.ingress ?? []).flatMap(({ ip, hostname }) => {
    const host = ip ?? hostname;
    return host === undefined ? [] : [entry("loadBalancer", host, port.port)];
  });
  if (outside.length === 0 && port.nodePort !== undefined && inputs.nodeAddress !== undefined) {
    outside.push(entry("nodePort", inputs.nodeAddress, port.nodePort));
  }
  return [...outside, inside];
}

/** Listed once the controller tells that it serves the Ingress; without a host of its own it is reached by that address. */
function ofIngress({ server, ingresses, isServing }: EndpointInputs): readonly Endpoint[] {
  const wanted = server.spec.controlPlane.ingress;
  const live = ingresses.find(({ metadata }) => metadata?.name === ingressName(server));
  if (wanted?.enabled !== true || live === undefined) return [];
  return (live.status?.loadBalancer?.ingress ?? []).slice(0, 1).flatMap(({ ip, hostname }): readonly Endpoint[] => {
    const host = wanted.host ?? ip ?? hostname;
    const port = wanted.tlsSecretName === undefined ? 80 : 443;
    return host === undefined ? [] : [{ protocol: "api", scope: "ingress", host, port, ready: isServing }];
  });
}

/** A command that mounts the first share when pasted on a client that reaches `host`. */
function mountCommand(
  server: DittoServer,
  at: Pick<Endpoint, "protocol" | "host" | "port">,
): { readonly mount?: string } {
  const share = server.spec.shares?.find((each) => each.enabled !== false)?.name;
  if (share === undefined || at.protocol === "api") return {};
  const host = at.host.includes(":") ? `[${at.host}]` : at.host;
  if (at.protocol === "nfs")
    return { mount: `mount -t nfs -o vers=4.1,port=${at.port}${transport(server)} ${host}:${share} /mnt` };
  return { mount: `mount -t cifs -o vers=3.1.1,port=${at.port},username=admin //${host}${share} /mnt` };
}

/** Only where the server lets nobody in without: not every client knows the option. */
function transport({ spec: { nfs } }: DittoServer): string {
  if (nfs.tls?.mode !== "require") return "";
  return nfs.tls.clientCASecretName === undefined ? ",xprtsec=tls" : ",xprtsec=mtls";
}
