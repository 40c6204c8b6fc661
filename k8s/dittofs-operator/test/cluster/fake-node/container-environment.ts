import type { Container, EnvVar } from "kubernetes-types/core/v1";
import { ContainerError } from "./container-error.ts";

/** The contents of Secrets and ConfigMaps of the pod's namespace, decoded; `undefined` when there is none of that name. */
export type Contents = {
  readonly secret: (name: string) => Promise<Readonly<Record<string, string>> | undefined>;
  readonly configMap: (name: string) => Promise<Readonly<Record<string, string>> | undefined>;
};

/** The environment that the kubelet gives to a container. What it names must exist, as it must for the kubelet. */
export async function containerEnvironment(
  { env = [] }: Container,
  contents: Contents,
): Promise<Readonly<Record<string, string>>> {
  const values = await Promise.all(
    env.map(async (variable) => [variable.name, await valueOf(variable, contents)] as const),
  );
  return Object.fromEntries(values.filter((pair): pair is [string, string] => pair[1] !== undefined));
}

async function valueOf({ value, valueFrom }: EnvVar, contents: Contents): Promise<string | undefined> {
  const { secretKeyRef, configMapKeyRef } = valueFrom ?? {};
  const ref = secretKeyRef ?? configMapKeyRef;
  if (ref === undefined) return value ?? "";
  const [kind, read] = secretKeyRef
    ? (["secret", contents.secret] as const)
    : (["configmap", contents.configMap] as const);
  const data = await read(ref.name ?? "");
  const found = data?.[ref.key];
  if (found !== undefined || ref.optional === true) return found;
  const problem =
    data === undefined ? `${kind} "${ref.name}" not found` : `couldn't find key ${ref.key} in ${kind} ${ref.name}`;
  throw new ContainerError("CreateContainerConfigError", problem);
}
