import type { Connection } from "./connection.ts";

export type KubeconfigChoice = { readonly file: string | undefined; readonly context: string | undefined };

/**
 * A connection by a kubeconfig, for work outside a cluster: --kubeconfig, $KUBECONFIG or ~/.kube/config. The library knows
 * every way to authenticate (certificates, tokens, exec plug-ins); it weighs more than the rest of the operator and is
 * loaded only here. Throws with a sentence for people when the file or context is not usable.
 */
export async function kubeconfigConnection({ file, context }: KubeconfigChoice): Promise<Connection> {
  const { KubeConfig } = await import("@kubernetes/client-node");
  const config = new KubeConfig();
  if (file === undefined) config.loadFromDefault();
  else config.loadFromFile(file);
  if (context !== undefined) config.setCurrentContext(context);
  const cluster = config.getCurrentCluster();
  if (cluster === null) {
    const known = config.getContexts().map(({ name }) => name);
    throw new Error(
      `the kubeconfig has no usable context "${config.getCurrentContext()}"; it has: ${known.join(", ") || "none"}`,
    );
  }
  type Applied = Readonly<Record<"ca" | "cert" | "key", string | Buffer | undefined>> & {
    readonly servername?: string;
    readonly rejectUnauthorized?: boolean;
    readonly headers?: Readonly<Record<string, string>>;
  };
  const applied = async (): Promise<Applied> => {
    const options = {};
    await config.applyToHTTPSOptions(options);
    return options as Applied; // the library fills in exactly these options of node:https
  };
  return {
    serverUrl: new URL(cluster.server),
    namespace: config.getContextObject(config.getCurrentContext())?.namespace ?? "default",
    tls: async () => {
      const { ca, cert, key, servername, rejectUnauthorized } = await applied();
      return {
        ...(ca !== undefined && { ca }),
        ...(cert !== undefined && { cert }),
        ...(key !== undefined && { key }),
        ...(servername !== undefined && { servername }),
        ...(rejectUnauthorized !== undefined && { rejectUnauthorized }),
      };
    },
    authorization: async () => (await applied()).headers?.["Authorization"],
    // Exec plug-ins keep their own cache until the credential expires.
    forgetCredentials: () => {},
  };
}
