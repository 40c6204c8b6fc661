import { mkdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { stringify } from "yaml";
import { bundled } from "../cluster/bundled.ts";
import type { ClusterClient } from "../cluster/cluster-client.ts";
import { condition } from "../cluster/condition.ts";
import { enterLab } from "../cluster/enter-lab.ts";
import type { Lab } from "../cluster/lab.ts";
import { runLabScript } from "../cluster/lab-script.ts";
import { operatorImage } from "../cluster/operator-image.ts";
import { makeServerImage } from "../cluster/server-image.ts";
import { kubectl } from "./kubectl.ts";

/** A full lab with the operator installed as the documents say, running as a pod. */
export type InstalledLab = Lab & {
  /** The folder that was applied with `kubectl apply -k`. */
  readonly overlay: string;
};

/** Where the tests' servers are: a namespace that lets no pod in which needs a privilege. */
export const namespace = "team";
export const operatorDeployment = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  namespace: "dittofs-system",
  name: "dittofs-operator",
};

const repository = "localhost/dittofs/operator";
const tag = "end-to-end";
const config = fileURLToPath(new URL("../../config/default", import.meta.url));
const restricted = { "pod-security.kubernetes.io/enforce": "restricted" };

type LabOptions = { readonly enforcesPolicies?: boolean };

let entered: Promise<InstalledLab> | undefined;

/** As `enterLab`: outside of the lab this call never returns. The modules of a program get the same lab. */
export async function enterInstalledLab(options: LabOptions = {}): Promise<InstalledLab> {
  return await (entered ??= installedLab(options));
}

async function installedLab(options: LabOptions): Promise<InstalledLab> {
  const lab = await enterLab("full", options);
  const folder = join(lab.directory, "end-to-end");
  await bundled("operator", folder);
  await runLabScript("node-image.sh", [
    `${repository}:${tag}`,
    join(folder, "operator.mjs"),
    "/app/operator.mjs",
    imageConfig(),
  ]);
  await makeServerImage(folder);
  const overlay = imageOverlay(join(lab.directory, "overlay"));
  await lab.cluster.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace, labels: restricted } });
  await install(lab.cluster, overlay);
  return { ...lab, overlay };
}

/** The documents' command, and the wait until the operator is ready. */
export async function install(cluster: ClusterClient, overlay: string): Promise<void> {
  await kubectl("apply", "-k", overlay);
  await cluster.until(operatorDeployment, {
    what: "available",
    holds: (deployment) => condition(deployment, "Available")?.status === "True",
  });
}

/** The lab packs what the Dockerfile says without Docker. */
function imageConfig(): string {
  const { environment, nodeFlags } = operatorImage();
  return JSON.stringify({
    Env: [
      "PATH=/usr/local/bin:/usr/bin:/bin",
      ...Object.entries(environment).map(([name, value]) => `${name}=${value}`),
    ],
    Entrypoint: ["/usr/local/bin/node", ...nodeFlags, "/app/operator.mjs"],
  });
}

/** A kustomization that names the image, as a user would write it. */
function imageOverlay(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const kustomization = {
    apiVersion: "kustomize.config.k8s.io/v1beta1",
    kind: "Kustomization",
    resources: [relative(folder, config)],
    images: [{ name: "dittofs-operator", newName: repository, newTag: tag }],
  };
  writeFileSync(join(folder, "kustomization.yaml"), stringify(kustomization));
  return folder;
}
