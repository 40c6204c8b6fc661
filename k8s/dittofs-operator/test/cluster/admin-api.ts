import { join } from "node:path";
import { kubeconfigConnection } from "../../src/kubernetes/kubeconfig.ts";
import { createKubernetesApi } from "../../src/kubernetes/rest-client.ts";
import { silentInstruments } from "../../src/runtime/instruments.ts";
import type { KubernetesApi } from "../../src/runtime/kubernetes-api.ts";
import { systemClock } from "../../src/runtime/system-clock.ts";

/** The operator's own client of the lab's API server, with the administrator's kubeconfig. */
export async function adminApi(labDirectory: string): Promise<KubernetesApi> {
  const connection = await kubeconfigConnection({
    file: join(labDirectory, "pki", "admin.kubeconfig"),
    context: undefined,
    environment: {},
    clock: systemClock,
  });
  return createKubernetesApi({
    connection,
    clock: systemClock,
    instruments: silentInstruments,
    userAgent: "dittofs-operator-test",
  });
}
