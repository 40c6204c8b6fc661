import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "../bundle.ts";
import type { CurrentCluster } from "./current-cluster.ts";
import { clearPlace, foundRemains, guestNamespace, moveIn, moveOut } from "./demo-guest.ts";
import { podRef } from "./demo-server.ts";
import { forwardToPod, type PodForward } from "./pod-forward.ts";
import { programOutput } from "./program-output.ts";
import type { RunningOperator, Stage } from "./stage.ts";
import type { Story } from "./story.ts";

const folder = join(import.meta.dirname, "../../.cache/demo");
const logFile = join(folder, "operator.log");
const restPort = 8080;

/** The kubeconfig's cluster: the operator runs beside the demo, with the same kubeconfig, and reaches the pod through the API server. */
export class CurrentStage implements Stage {
  readonly cluster;
  readonly namespace = guestNamespace;
  readonly image: string | undefined;
  readonly readyTimeoutMs = 300_000;
  readonly #current: CurrentCluster;
  readonly #story: Story;
  #isIn = false;
  #isLeaving = false;
  #operator: ChildProcess | undefined;
  #forward: PodForward | undefined;

  constructor(current: CurrentCluster, image: string | undefined, story: Story) {
    this.cluster = current.client;
    this.image = image;
    this.#current = current;
    this.#story = story;
  }

  async startOperator(): Promise<RunningOperator> {
    const { host } = this.#current.url;
    this.#story.step(
      "A place in your cluster",
      `The demo takes the namespace ${guestNamespace} and the kind DittoServer, and removes both at the end.`,
    );
    const hasRemains = await foundRemains(this.cluster);
    this.#isIn = true;
    await moveIn(this.cluster);
    this.#story.tell(`cluster: ${host}, Kubernetes ${this.#current.version}`);
    this.#story.step(
      "The operator",
      "It runs here as a process with your kubeconfig, and reaches the file server through the API server, as kubectl " +
        "port-forward does.",
    );
    await bundle("operator", folder);
    this.#forward = await forwardToPod(this.#current.config, podRef(this), restPort);
    this.#operator = await this.#started(this.#forward);
    this.#story.tell(`process ${this.#operator.pid}, log in ${logFile}`);
    if (hasRemains) await this.#withoutRemains();
    return { death: this.#death(this.#operator), logFile };
  }

  restAddress(): Promise<PodForward["address"]> {
    if (this.#forward === undefined) throw new Error("the operator is started first");
    return Promise.resolve(this.#forward.address);
  }

  kubectl(...args: readonly string[]): Promise<string> {
    return programOutput("kubectl", ["-n", guestNamespace, ...args]);
  }

  /** Removes all that was made, and ends the operator. */
  async leave(): Promise<void> {
    this.#isLeaving = true;
    try {
      if (this.#isIn) await moveOut(this.cluster);
    } finally {
      this.#operator?.kill("SIGTERM");
      this.#forward?.close();
    }
  }

  async #withoutRemains(): Promise<void> {
    this.#story.tell("removing what a demo that was killed has left ...");
    await clearPlace(this.cluster);
    await moveIn(this.cluster);
  }

  async #started({ address }: PodForward): Promise<ChildProcess> {
    mkdirSync(folder, { recursive: true });
    const log = openSync(logFile, "w");
    const flags = ["--leader-election", "off", "--health", "127.0.0.1:0", "--log-format", "text"];
    const at = ["--dittofs-address", `${address.host}:${address.port}`];
    // In a pod the kubeconfig would count for nothing, if these stayed.
    const { KUBERNETES_SERVICE_HOST: _host, KUBERNETES_SERVICE_PORT: _port, ...env } = process.env;
    const operator = spawn(process.execPath, [join(folder, "operator.mjs"), ...flags, ...at], {
      stdio: ["ignore", log, log],
      env,
      // Ctrl-C must not reach it before the server is gone, which waits for it.
      detached: true,
    });
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    operator.on("error", reject).on("spawn", () => resolve(undefined));
    await promise;
    return operator;
  }

  #death(operator: ChildProcess): Promise<string> {
    const { promise, resolve } = Promise.withResolvers<string>();
    operator.on("exit", (code, signal) => {
      if (this.#isLeaving) return;
      const lastLines = readFileSync(logFile, "utf8").trimEnd().split("\n").slice(-5).join("\n");
      resolve(`the operator ended by itself (${signal ?? `code ${code}`}); its last lines:\n${lastLines}`);
    });
    return promise;
  }
}
