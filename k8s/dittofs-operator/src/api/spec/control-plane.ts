import { bool, duration, int32, object, objectName } from "../schema/vocabulary.ts";
import { apiTlsRules } from "./api-tls-rules.ts";
import { ingress } from "./ingress.ts";
import { certSecretName, clientCASecretName, minTLSVersion } from "./tls.ts";

/** The server's REST API. */
export const controlPlane = object(
  "The server's REST API.",
  {
    port: int32("Port of the REST API, in the pod and on its Service.", { min: 1, max: 65_535 }).default(8080),
    readTimeout: duration("How long reading a request may take. Left out, 10s.", {
      min: "1s",
      max: "24h",
    }).exactOptional(),
    writeTimeout: duration(
      "How long a request may take until its answer is written; restores and drains need long. Left out, 10m.",
      { min: "1s", max: "24h" },
    ).exactOptional(),
    idleTimeout: duration("How long an unused connection is kept. Left out, 60s.", {
      min: "1s",
      max: "24h",
    }).exactOptional(),
    drainStallTimeout: duration("How long a drain of uploads may stand still before it is given up. Left out, 5m.", {
      min: "1s",
      max: "24h",
    }).exactOptional(),
    pprof: bool("True serves Go's profiles to administrators under /debug/pprof. Left out, false.").exactOptional(),
    tls: bool(
      "True makes the operator speak TLS to the REST API although certSecretName is left out, because something else in the pod ends it; it then trusts the authorities that everybody trusts. Left out, certSecretName decides.",
    ).exactOptional(),
    certSecretName: certSecretName("the REST API's").exactOptional(),
    clientCASecretName: clientCASecretName("those who call the REST API, the operator among them,"),
    operatorClientCertSecretName: objectName(
      "Secret with the certificate that the operator presents, under tls.crt, and its key under tls.key. Needed with clientCASecretName: without it the operator cannot set up shares.",
    ).exactOptional(),
    minTLSVersion,
    ingress: ingress.exactOptional(),
  },
  { rules: apiTlsRules },
).prefault({});
