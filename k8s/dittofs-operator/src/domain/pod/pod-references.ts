import type { Container, EnvFromSource, EnvVar, Volume } from "kubernetes-types/core/v1";
import type { DittoServer } from "../../api/ditto-server.ts";
import type { Finding } from "../finding.ts";

/** An object of the user's that the pod names and without which it would not start. */
export type PodReference = {
  readonly kind: "Secret" | "ConfigMap" | "PersistentVolumeClaim" | "ServiceAccount" | "PriorityClass" | "RuntimeClass";
  readonly name: string;
  readonly field: string;
};

/** Every such object, each once per kind and name. What is marked as optional is none. */
export function podReferences({ spec }: DittoServer): readonly PodReference[] {
  const { imagePullSecrets = [], pod = {} } = spec;
  const { priorityClassName, runtimeClassName, serviceAccountName } = pod;
  const found = [
    ...imagePullSecrets.map(({ name }) => reference("Secret", name, "imagePullSecrets")),
    reference("PriorityClass", priorityClassName, "pod.priorityClassName"),
    reference("RuntimeClass", runtimeClassName, "pod.runtimeClassName"),
    reference("ServiceAccount", serviceAccountName, "pod.serviceAccountName"),
    ...ofSources(pod.envFrom, "pod.envFrom"),
    ...ofVolumes(pod.volumes as readonly Volume[] | undefined), // core/v1 Volume by its schema
    ...ofContainers(pod.initContainers as readonly Container[] | undefined, "pod.initContainers"), // likewise
    ...ofContainers(pod.sidecars as readonly Container[] | undefined, "pod.sidecars"), // likewise
  ].filter((each) => each !== undefined);
  return [...new Map(found.map((each) => [`${each.kind} ${each.name}`, each] as const)).values()];
}

/** Of the Secrets among them the names, for whoever watches Secrets. */
export function podSecretNames(server: DittoServer): readonly string[] {
  return podReferences(server).flatMap(({ kind, name }) => (kind === "Secret" ? [name] : []));
}

/** What keeps a new pod from starting: the one that runs goes on meanwhile. */
export function referenceFindings(absent: readonly PodReference[]): readonly Finding[] {
  return absent.map(({ kind, name, field }) => ({
    condition: "ConfigReady",
    reason: kind === "Secret" ? "SecretNotFound" : "ReferenceNotFound",
    message: `spec.${field}: ${kind} ${name} does not exist. Create it, or correct the name. A pod that runs is left alone meanwhile.`,
  }));
}

type Optional = { readonly name?: unknown; readonly optional?: unknown };

// Volumes and containers are the user's words, which nobody has checked yet: a name that is no text is for the API server to refuse.
function reference(kind: PodReference["kind"], name: unknown, field: string): PodReference | undefined {
  return typeof name === "string" && name !== "" ? { kind, name, field } : undefined;
}

function needed(kind: PodReference["kind"], source: Optional | undefined, field: string): PodReference | undefined {
  return source?.optional === true ? undefined : reference(kind, source?.name, field);
}

type Sources = readonly Readonly<Pick<EnvFromSource, "configMapRef" | "secretRef">>[];

function ofSources(sources: Sources | undefined, field: string): readonly (PodReference | undefined)[] {
  return listed(sources).flatMap(({ configMapRef, secretRef }) => [
    needed("ConfigMap", configMapRef, field),
    needed("Secret", secretRef, field),
  ]);
}

function ofVolumes(volumes: readonly Volume[] | undefined): readonly (PodReference | undefined)[] {
  return listed(volumes).flatMap(({ name: volume, configMap, secret, persistentVolumeClaim, projected }) => {
    const field = `pod.volumes[${volume}]`;
    return [
      needed("ConfigMap", configMap, field),
      needed("Secret", { name: secret?.secretName, optional: secret?.optional }, field),
      reference("PersistentVolumeClaim", persistentVolumeClaim?.claimName, field),
      ...listed(projected?.sources).flatMap((source) => [
        needed("ConfigMap", source.configMap, field),
        needed("Secret", source.secret, field),
      ]),
    ];
  });
}

function ofContainers(
  containers: readonly Container[] | undefined,
  field: string,
): readonly (PodReference | undefined)[] {
  return listed(containers).flatMap(({ name, env, envFrom }) => [
    ...ofSources(envFrom, `${field}[${name}].envFrom`),
    ...listed<EnvVar>(env).flatMap(({ valueFrom }) => [
      needed("ConfigMap", valueFrom?.configMapKeyRef, `${field}[${name}].env`),
      needed("Secret", valueFrom?.secretKeyRef, `${field}[${name}].env`),
    ]),
  ]);
}

function listed<Item>(items: readonly Item[] | undefined): readonly Item[] {
  const isList = (value: unknown): boolean => Array.isArray(value);
  return isList(items) ? (items ?? []).filter((item) => typeof item === "object" && item !== null) : [];
}
