import type { StatefulSet } from "kubernetes-types/apps/v1";
import type { Container, SecurityContext } from "kubernetes-types/core/v1";
import type { DittoServer } from "../api/ditto-server.ts";
import { RESERVED_CONTAINERS } from "../api/spec/reserved-names.ts";
import type { Wanted } from "./wanted-child.ts";

/**
 * OpenShift gives each namespace user and group ids of its own and refuses a pod that names others
 * (https://docs.redhat.com/en/documentation/openshift_container_platform/4.20/html/authentication_and_authorization/managing-pod-security-policies):
 * there the operator names none. Those that the spec names stay, for whoever has allowed them.
 */
export function withoutFixedIds(
  { spec }: DittoServer,
  statefulSet: Wanted<"StatefulSet", StatefulSet>,
): Wanted<"StatefulSet", StatefulSet> {
  const pod = statefulSet.spec?.template.spec;
  if (statefulSet.spec === undefined || pod === undefined) return statefulSet;
  const { fsGroup: _, ...podContext } = pod.securityContext ?? {};
  const named = spec.podSecurityContext?.fsGroup;
  const own = new Set<string>(RESERVED_CONTAINERS);
  const fitted = (container: Container): Container =>
    own.has(container.name)
      ? { ...container, securityContext: containerContext(container.securityContext ?? {}, spec) }
      : container;
  const template = {
    ...statefulSet.spec.template,
    spec: {
      ...pod,
      ...(pod.initContainers !== undefined && { initContainers: pod.initContainers.map(fitted) }),
      containers: pod.containers.map(fitted),
      securityContext: { ...podContext, ...(named !== undefined && { fsGroup: named }) },
    },
  };
  return { ...statefulSet, spec: { ...statefulSet.spec, template } };
}

function containerContext(context: SecurityContext, { securityContext: own }: DittoServer["spec"]): SecurityContext {
  const { runAsUser: _, runAsGroup: __, ...others } = context;
  return {
    ...others,
    ...(own?.runAsUser !== undefined && { runAsUser: own.runAsUser }),
    ...(own?.runAsGroup !== undefined && { runAsGroup: own.runAsGroup }),
  };
}
