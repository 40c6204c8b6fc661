import { object, objectName, oneOf } from "../schema/vocabulary.ts";

/** What the three listeners that can speak TLS have in common. */
export const certSecretName = (whose: string) =>
  objectName(
    `Secret with ${whose} certificate under tls.crt and its key under tls.key, as cert-manager makes it. A renewed one is taken up without a restart.`,
  );
export const clientCASecretName = (whose: string) =>
  objectName(
    `Secret with the authority of ${whose} under ca.crt. With it the server refuses everybody who has no certificate of that authority. A change restarts the server once.`,
  ).exactOptional();
export const minTLSVersion = oneOf("Oldest version of TLS that is spoken. Left out, 1.2.", [
  "1.2",
  "1.3",
]).exactOptional();

/** RFC 9289. */
export const nfsTls = object("NFS over TLS (RFC 9289), for clients that mount with xprtsec=tls or xprtsec=mtls.", {
  certSecretName: certSecretName("NFS's"),
  clientCASecretName: clientCASecretName("those who mount"),
  mode: oneOf(
    "opportunistic serves clients with and without TLS, require only those with it. A change cuts all NFS connections once, and clients come back by themselves.",
    ["opportunistic", "require"],
  ).default("opportunistic"),
}).exactOptional();

/** TLS of the metrics. */
export const metricsTls = object("TLS of the metrics. Without it they are plain HTTP.", {
  certSecretName: certSecretName("the metrics'"),
  clientCASecretName: clientCASecretName("those who scrape"),
  minTLSVersion,
}).exactOptional();
