import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ClusterClient } from "./cluster-client.ts";

const config = fileURLToPath(new URL("../../config/", import.meta.url));
const namespace = "dittofs-system";
const serviceAccount = "dittofs-operator";

/** The name under which the operator's requests stand in the audit log. */
export const operatorUser = `system:serviceaccount:${namespace}:${serviceAccount}`;

/** Applies what an installation applies, from the generated files: the kind, the service account and its roles. */
export async function installOperator(cluster: ClusterClient): Promise<void> {
  for (const yaml of manifestTexts("crd")) await cluster.applyYaml(yaml);
  await installRights(cluster);
}

/** The same where the kind is there already, which costs the API server a second to look at again. */
export async function installRights(cluster: ClusterClient): Promise<void> {
  await cluster.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
  for (const yaml of manifestTexts("rbac")) await cluster.applyYaml(yaml);
}

/** The generated manifests of one folder of config. */
export function manifestTexts(folder: "crd" | "rbac" | "single-namespace"): readonly string[] {
  const files = globSync(join(config, folder, "*.yaml")).filter((file) => basename(file) !== "kustomization.yaml");
  return files.toSorted().map((file) => readFileSync(file, "utf8"));
}

export type OperatorToken = { readonly token: string; readonly namespace: string };

/** A token as the kubelet would fetch it for the operator's pod. */
export async function operatorToken({ connection }: ClusterClient, lifeSeconds = 3600): Promise<OperatorToken> {
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${serviceAccount}/token`;
  const request = { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest" };
  const { status, body } = await connection.send("POST", path, {
    ...request,
    spec: { expirationSeconds: lifeSeconds },
  });
  if (status !== 201) throw new Error(`no token for ${operatorUser}: ${status} ${JSON.stringify(body)}`);
  const { token } = (body as { status: { token: string } }).status; // a TokenRequest that was granted
  return { token, namespace };
}
