import type { ClusterClient } from "../../test/cluster/cluster-client.ts";

/** Where the REST API of the server's pod answers, seen from here. */
export type RestAddress = { readonly host: string; readonly port: number };

/** The operator as a process beside the demo. */
export type RunningOperator = {
  /** Resolves with a sentence when it ends without being asked to. */
  readonly death: Promise<string>;
  readonly logFile: string;
};

/** What the demo plays on: a lab of its own, or the cluster of a kubeconfig. */
export type Stage = {
  readonly cluster: ClusterClient;
  readonly namespace: string;
  /** The file server's image; undefined: the operator's default. */
  readonly image: string | undefined;
  /** How long a server may take until it is Ready; images may have to be pulled. */
  readonly readyTimeoutMs: number;
  /** Installs what the operator needs in the cluster, starts it, and says so. */
  readonly startOperator: () => Promise<RunningOperator>;
  readonly restAddress: () => Promise<RestAddress>;
  /** The output of kubectl. */
  readonly kubectl: (...args: readonly string[]) => Promise<string>;
};
