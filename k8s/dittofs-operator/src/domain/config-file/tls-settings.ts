import type { DittoServer } from "../../api/ditto-server.ts";
import type { TlsListener } from "../secrets/tls-secrets.ts";

export type TlsSettings = {
  readonly cert_file: string;
  readonly key_file: string;
  readonly client_ca?: string;
  readonly min_version?: string;
};

/** What the server is told of a listener's TLS, in its own words; undefined where it speaks none. */
export function tlsSettings(
  { names, directories }: TlsListener,
  server: DittoServer,
  minVersion: string | undefined,
): TlsSettings | undefined {
  const { certSecretName, clientCASecretName } = names(server) ?? {};
  if (certSecretName === undefined) return undefined;
  return {
    cert_file: `${directories.certificate}/tls.crt`,
    key_file: `${directories.certificate}/tls.key`,
    ...(clientCASecretName !== undefined && { client_ca: `${directories.authority}/ca.crt` }),
    ...(minVersion !== undefined && { min_version: minVersion }),
  };
}
