import type { Pod } from "kubernetes-types/core/v1";
import type { DittoServer } from "../api/ditto-server.ts";
import { apiServiceName } from "./names.ts";
import { apiListener } from "./secrets/tls-secrets.ts";

/** How the operator speaks TLS to a server's API. */
export type ApiTls = {
  /** Names of the API's Service; a certificate for one of them is good. */
  readonly serverNames: readonly string[];
  /** Secret whose ca.crt, when there is one, signs the certificate. */
  readonly certSecretName: string | undefined;
  /** Secret with the certificate to present. */
  readonly clientSecretName: string | undefined;
};

/** Undefined: in clear. The pod decides where it can, because it may be one of an earlier spec. */
export function apiTls(server: DittoServer, pod: Pod): ApiTls | undefined {
  const { tls, operatorClientCertSecretName } = server.spec.controlPlane;
  const mounted = pod.spec?.volumes?.find(({ name }) => name === apiListener.certificateVolume);
  if (mounted === undefined && tls !== true) return undefined;
  return {
    serverNames: serverNames(server),
    certSecretName: mounted?.secret?.secretName,
    clientSecretName: operatorClientCertSecretName,
  };
}

function serverNames(server: DittoServer): readonly string[] {
  const inNamespace = `${apiServiceName(server)}.${server.metadata.namespace}`;
  return [`${inNamespace}.svc`, `${inNamespace}.svc.cluster.local`, inNamespace, apiServiceName(server)];
}
