import { bool, duration, int32, object, objectName, type Rule } from "../schema/vocabulary.ts";
import { apiTlsRules } from "./api-tls-rules.ts";
import { ingress } from "./ingress.ts";
import { certSecretName, clientCASecretName, minTLSVersion } from "./tls.ts";

const profiled = (field: string): Rule => ({
  rule: `!has(self.${field}) || (has(self.pprof) && self.pprof)`,
  message: `${field} counts only while pprof is true: set controlPlane.pprof, or remove it`,
  fieldPath: `.${field}`,
});

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
    pprofMutexRate: int32(
      "One of so many waits for a lock gets into the profile, while pprof is true. Left out, 100.",
      {
        min: 1,
        max: 1_000_000_000,
      },
    ).exactOptional(),
    pprofBlockRateNs: int32(
      "Blocked time in nanoseconds of which one sample gets into the profile, while pprof is true. Left out, 1000000.",
      { min: 1, max: 2_147_483_647 },
    ).exactOptional(),
    ingress: ingress.exactOptional(),
  },
  { rules: [...apiTlsRules, profiled("pprofMutexRate"), profiled("pprofBlockRateNs")] },
).prefault({});
