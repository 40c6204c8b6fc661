import { join } from "node:path";
import type { KubeConfig } from "@kubernetes/client-node";
import type { Clock } from "../runtime/clock.ts";
import type { Connection } from "./connection.ts";

export type KubeconfigChoice = {
  /** `--kubeconfig`; without it `$KUBECONFIG` (files are merged), then `~/.kube/config`. */
  readonly file: string | undefined;
  /** Without it the kubeconfig's current one. */
  readonly context: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
};

/** Plug-ins and files are asked again after this time; plug-ins keep a cache of their own until a credential expires. */
const credentialsTrustedMs = 60_000;

/**
 * A connection by a kubeconfig, for work outside a cluster. The library knows every way to authenticate (certificates,
 * tokens, exec plug-ins); it weighs more than the rest of the operator and is loaded only here. Throws with a sentence for
 * people when the file or the context is not usable.
 */
export async function kubeconfigConnection(choice: KubeconfigChoice): Promise<Connection> {
  const config = await loadedConfig(kubeconfigFiles(choice));
  if (choice.context !== undefined) config.setCurrentContext(choice.context);
  const context = config.getContextObject(config.getCurrentContext());
  const cluster = config.getCurrentCluster();
  if (context === null || cluster === null) throw new Error(noSuchContext(config));
  const serverUrl = new URL(cluster.server);
  if (serverUrl.protocol !== "https:") {
    throw new Error(`the kubeconfig names ${cluster.server}: the operator speaks only https to an API server`);
  }
  if (cluster.proxyUrl !== undefined) {
    throw new Error(`the kubeconfig's cluster "${cluster.name}" has a proxy-url, which the operator does not support`);
  }
  const credentials = rememberedCredentials(config, choice.clock);
  return {
    serverUrl,
    namespace: context.namespace ?? "default",
    tls: async () => {
      const { ca, cert, key, servername, rejectUnauthorized } = await credentials.get();
      return {
        ...(ca !== undefined && { ca }),
        ...(cert !== undefined && { cert }),
        ...(key !== undefined && { key }),
        ...(servername !== undefined && { servername }),
        ...(rejectUnauthorized !== undefined && { rejectUnauthorized }),
      };
    },
    authorization: async () => (await credentials.get()).headers?.["Authorization"],
    forgetCredentials: () => credentials.forget(),
  };
}

function kubeconfigFiles({ file, environment }: KubeconfigChoice): readonly string[] {
  if (file !== undefined) return [file];
  const listed = (environment["KUBECONFIG"] ?? "").split(":").filter((each) => each !== "");
  return listed.length > 0 ? listed : [join(environment["HOME"] ?? "/", ".kube", "config")];
}

async function loadedConfig(files: readonly string[]): Promise<KubeConfig> {
  const { KubeConfig: Config } = await import("./official-kube-config.ts");
  const merged = new Config();
  for (const file of files) {
    const config = new Config();
    const fault = faultOf(() => config.loadFromFile(file));
    if (fault !== undefined) throw new Error(`the kubeconfig ${file} cannot be read: ${fault}`);
    // As kubectl does: of several files the first one's current context counts.
    merged.mergeConfig(config, (merged.getCurrentContext() ?? "") !== "");
  }
  return merged;
}

/** Never the parser's own words: they quote lines of the file, and those may hold a token. */
function faultOf(load: () => void): string | undefined {
  try {
    load();
    return undefined;
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : "it is no kubeconfig";
  }
}

function noSuchContext(config: KubeConfig): string {
  const known = config.getContexts().map(({ name }) => name);
  return `the kubeconfig has no usable context "${config.getCurrentContext() ?? ""}"; it has: ${known.join(", ") || "none"}`;
}

type Credentials = { readonly [Option in "ca" | "cert" | "key"]?: string | Buffer } & {
  readonly servername?: string;
  readonly rejectUnauthorized?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
};

function rememberedCredentials(config: KubeConfig, clock: Clock) {
  let held: { readonly credentials: Promise<Credentials>; readonly readMs: number } | undefined;
  const read = async (): Promise<Credentials> => {
    const options: Credentials = {};
    await config.applyToHTTPSOptions(options);
    return options;
  };
  return {
    get: async (): Promise<Credentials> => {
      if (held === undefined || clock.monotonicMs() - held.readMs > credentialsTrustedMs) {
        held = { credentials: read(), readMs: clock.monotonicMs() };
      }
      try {
        return await held.credentials;
      } catch (error) {
        held = undefined;
        throw error;
      }
    },
    forget: () => {
      held = undefined;
    },
  };
}
