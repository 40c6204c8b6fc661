import { KubeConfig } from "@kubernetes/client-node";
import { kubeconfigConnection } from "../../src/kubernetes/kubeconfig.ts";
import { systemClock } from "../../src/runtime/system-clock.ts";
import { type ClusterClient, clusterClient } from "../../test/cluster/cluster-client.ts";
import { httpsConnection } from "../../test/cluster/https-connection.ts";
import { programOutput } from "./program-output.ts";

/** The cluster that kubectl would speak to. */
export type CurrentCluster = {
  readonly client: ClusterClient;
  readonly config: KubeConfig;
  readonly url: URL;
  readonly version: string;
};

const reachTimeoutMs = 10_000;

/** Rejects with one sentence when the kubeconfig cannot be used, the cluster cannot be reached, or kubectl is not there. */
export async function currentCluster(): Promise<CurrentCluster> {
  const choice = { file: undefined, context: undefined, environment: process.env, clock: systemClock };
  const connection = await kubeconfigConnection(choice);
  await programOutput("kubectl", ["version", "--client"]).catch((cause: unknown) => {
    throw new Error("CLUSTER=current needs kubectl on the PATH", { cause });
  });
  const { serverUrl: url } = connection;
  const api = httpsConnection({ url, tls: await connection.tls(), authorization: () => connection.authorization() });
  const version = await serverVersion(api, url);
  const config = new KubeConfig();
  config.loadFromDefault();
  return { client: clusterClient(api), config, url, version };
}

async function serverVersion(api: ReturnType<typeof httpsConnection>, url: URL): Promise<string> {
  const { promise: silence, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error("no answer")), reachTimeoutMs);
  try {
    const { status, body } = await Promise.race([api.send("GET", "/version"), silence]);
    if (status !== 200) throw new Error(`it answers ${status}`);
    return (body as { gitVersion: string }).gitVersion; // the API server's own answer
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`the kubeconfig's cluster at ${url.host} cannot be used: ${why}`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}
