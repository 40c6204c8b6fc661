import { join } from "node:path";
import { DEFAULT_IMAGE } from "../../src/api/default-image.ts";
import type { KubernetesObject } from "../../src/runtime/kubernetes-api.ts";
import { bundled } from "../../test/cluster/bundled.ts";
import { installOperator, operatorUser } from "../../test/cluster/install-operator.ts";
import type { Lab } from "../../test/cluster/lab.ts";
import { defaultLab, labScripts, runLabScript } from "../../test/cluster/lab-script.ts";
import { startOperator } from "../../test/cluster/operator-process.ts";

import { assertClaim } from "./demo-failure.ts";
import { podRef } from "./demo-server.ts";
import { programOutput } from "./program-output.ts";
import type { RunningOperator, Stage } from "./stage.ts";
import type { Story } from "./story.ts";

const image = "localhost/dittofs-double:demo";
const namespace = "default";
const restPort = 8080;

/** The lab's cluster: the double as the file server, and the operator as the service account of an installation. */
export function labStage(lab: Lab, story: Story): Stage {
  const { cluster } = lab;
  return {
    cluster,
    namespace,
    image,
    readyTimeoutMs: 60_000,
    kubectl: (...args) => programOutput(join(labScripts, "kubectl"), ["-n", namespace, ...args]),
    restAddress: async () => {
      const pod = await cluster.get(podRef({ namespace }));
      const host = podAddress(pod);
      assertClaim(host !== undefined, "the server's pod has no address");
      return { host, port: restPort };
    },
    startOperator: async () => {
      const folder = join(lab.directory, "demo");
      await Promise.all([bundled("dfs", folder), bundled("operator", folder)]);
      await packDouble(folder, story);
      return await runOperator(lab, folder, story);
    },
  };
}

async function packDouble(folder: string, story: Story): Promise<void> {
  story.step(
    "A file server to run",
    `The lab has no way to a registry, so that ${DEFAULT_IMAGE} cannot be pulled. Its part is played by a double: a ` +
      "program of this repository with the REST API, the configuration, the ports and the rules of DittoFS, which " +
      "keeps its state on its volumes.",
  );
  await runLabScript("node-image.sh", [image, join(folder, "dfs.mjs"), "/app/dfs"]);
  story.tell(`image: ${image}`);
}

async function runOperator(lab: Lab, folder: string, story: Story): Promise<RunningOperator> {
  story.step(
    "The operator",
    "Its kind DittoServer and its roles are installed in the cluster. It runs here as a process, as the service " +
      "account that it would have in a pod, with the rights of config/rbac and no others.",
  );
  await installOperator(lab.cluster);
  const command = [process.execPath, join(folder, "operator.mjs")];
  const operator = await startOperator(lab, { command });
  story.tell(`process ${operator.pid}, as ${operatorUser}`);
  const logFile = join(lab.directory, "log", "dittofs-operator-0.log");
  const death = operator.ending().then(({ code, signal }) => {
    const lastLines = operator.log().trimEnd().split("\n").slice(-5).join("\n");
    return `the operator ended by itself (${signal ?? `code ${code}`}); its last lines:\n${lastLines}`;
  });
  return { death, logFile };
}

function podAddress(pod: KubernetesObject | undefined): string | undefined {
  return (pod?.["status"] as { podIP?: string } | undefined)?.podIP; // a Pod's status
}

/** How to use and to stop what is left running. */
export function tellLabUsage(story: Story, lab: string, { logFile }: RunningOperator): void {
  const prefix = lab === defaultLab ? "" : `LAB=${lab} `;
  const script = (name: string): string => prefix + join(labScripts, name);
  story.step("Your turn", "Cluster, operator and server go on running. They live in a network of their own.");
  story.tell(`use     ${script("kubectl")} get dittofs
        ${script("kubectl")} edit dittofs files
reach   ${script("exec.sh")} curl http://files-api.${namespace}.svc.cluster.local:8080/health
        (or any other command: it runs within the cluster's network)
        ${script("kubectl")} get dittofs files -o jsonpath='{range .status.endpoints[*]}{.mount}{"\\n"}{end}'
log     tail -f ${logFile}
stop    ${script("down.sh")}`);
}
