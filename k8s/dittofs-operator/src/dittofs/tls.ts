import { type ConnectionOptions, checkServerIdentity } from "node:tls";
import type { DittoFsTls } from "../outside/dittofs-target.ts";

/** The server is called by its address, so that the name in its certificate is looked for here. */
export function tlsOptions({ serverNames, authorities, client }: DittoFsTls): ConnectionOptions {
  return {
    ...(authorities.length > 0 && { ca: [...authorities] }),
    ...(client !== undefined && { cert: client.certificate, key: client.key }),
    ...(serverNames[0] !== undefined && { servername: serverNames[0] }),
    checkServerIdentity: (_, certificate) => {
      const failures = serverNames.map((name) => checkServerIdentity(name, certificate));
      return failures.includes(undefined) ? undefined : failures[0];
    },
  };
}

/** Codes of Node and OpenSSL, for people. */
const reasons: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: "the server's certificate has expired",
  CERT_NOT_YET_VALID: "the server's certificate is not valid yet",
  DEPTH_ZERO_SELF_SIGNED_CERT:
    "the server's certificate is signed by itself, and no ca.crt beside it says that this is right",
  SELF_SIGNED_CERT_IN_CHAIN: "nobody who is trusted has signed the server's certificate: is ca.crt beside it?",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "nobody who is trusted has signed the server's certificate: is ca.crt beside it?",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "nobody who is trusted has signed the server's certificate: is ca.crt beside it?",
  CERT_SIGNATURE_FAILURE: "the server's certificate is signed by another authority than that of ca.crt",
  ERR_TLS_CERT_ALTNAME_INVALID: "the server's certificate is not for its Service's name",
  ERR_SSL_WRONG_VERSION_NUMBER: "the server does not speak TLS",
  EPROTO: "it does not speak TLS, or no version of it that the operator knows",
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: "the server asks for a certificate of the operator",
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: "the server does not trust who signed the operator's certificate",
  "ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE": "the server does not take the operator's certificate",
};

export function tlsReason(code: string | undefined): string | undefined {
  return reasons[code ?? ""];
}
