import type { DittoServer } from "../../api/ditto-server.ts";

export function apiTlsWarnings({ spec: { controlPlane } }: DittoServer): readonly string[] {
  const { certSecretName, clientCASecretName, operatorClientCertSecretName, ingress } = controlPlane;
  const warnings: string[] = [];
  if (clientCASecretName !== undefined && operatorClientCertSecretName === undefined) {
    warnings.push(
      "spec.controlPlane.clientCASecretName: the server lets in nobody without a certificate, and the operator has none to set up shares with. Name one in operatorClientCertSecretName.",
    );
  }
  if (
    certSecretName !== undefined &&
    ingress?.enabled === true &&
    Object.keys(ingress.annotations ?? {}).length === 0
  ) {
    warnings.push(
      "spec.controlPlane.ingress: the REST API speaks TLS, and the Ingress controller has to be told. For ingress-nginx set the annotation nginx.ingress.kubernetes.io/backend-protocol to HTTPS.",
    );
  }
  return warnings;
}
