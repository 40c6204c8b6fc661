import type { Ingress } from "kubernetes-types/networking/v1";
import type { DittoServer } from "../../api/ditto-server.ts";
import { apiServiceName, ingressName } from "../names.ts";
import type { Wanted } from "../wanted-child.ts";
import { childMeta } from "./child-meta.ts";

/** The REST API outside the cluster. Its port goes by name, so that a changed number needs no change here. */
export function apiIngress(server: DittoServer): readonly Wanted<"Ingress", Ingress>[] {
  const { ingress } = server.spec.controlPlane;
  if (ingress?.enabled !== true) return [];
  const { className, host, path, tlsSecretName, annotations = {} } = ingress;
  const backend = { service: { name: apiServiceName(server), port: { name: "api" } } };
  return [
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      metadata: childMeta(server, { name: ingressName(server), component: "api", annotations }),
      spec: {
        ...(className !== undefined && { ingressClassName: className }),
        rules: [{ ...(host !== undefined && { host }), http: { paths: [{ path, pathType: "Prefix", backend }] } }],
        ...(tlsSecretName !== undefined && {
          tls: [{ ...(host !== undefined && { hosts: [host] }), secretName: tlsSecretName }],
        }),
      },
    },
  ];
}
