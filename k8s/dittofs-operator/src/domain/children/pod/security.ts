import type { PodSecurityContext, SecurityContext } from "kubernetes-types/core/v1";
import type { DittoServer } from "../../../api/ditto-server.ts";

/** The user of the server's image. */
const userId = 65_532;

/** Makes volumes writable for the server; a volume whose root already fits is not walked again at every start. */
export function podSecurityContext({ spec }: DittoServer): PodSecurityContext {
  return withoutEmptyLists({ fsGroup: userId, fsGroupChangePolicy: "OnRootMismatch", ...spec.podSecurityContext });
}

/**
 * What Pod Security's `restricted` profile asks, and a read-only root. The user's fields win one by one; where only the
 * pod's context has one, the hardened default steps back, because it would override the pod's.
 */
export function containerSecurityContext({ spec }: DittoServer): SecurityContext {
  const { capabilities: ownCapabilities, ...own } = spec.securityContext ?? {};
  const capabilities = withoutEmptyLists({ drop: ["ALL"], ...ownCapabilities });
  const { runAsUser, runAsGroup, runAsNonRoot, seccompProfile } = spec.podSecurityContext ?? {};
  const isRoot = (own.runAsUser ?? runAsUser) === 0;
  // Kubernetes refuses these together with the hardened default.
  const mustEscalate = own.privileged === true || ownCapabilities?.add?.includes("CAP_SYS_ADMIN") === true;
  return {
    ...(!mustEscalate && { allowPrivilegeEscalation: false }),
    readOnlyRootFilesystem: true,
    ...(runAsUser === undefined && { runAsUser: userId }),
    ...(runAsGroup === undefined && { runAsGroup: userId }),
    ...(runAsNonRoot === undefined && !isRoot && { runAsNonRoot: true }),
    ...(seccompProfile === undefined && { seccompProfile: { type: "RuntimeDefault" } }),
    ...own,
    ...(Object.keys(capabilities).length > 0 && { capabilities }),
  };
}

type OpenList<Value> = Value extends readonly (infer Item)[] ? Item[] : Value;
type Mutable<T> = { -readonly [Field in keyof T]: OpenList<T[Field]> };

/** The API server drops an empty list: wanting one would look like a difference for ever. */
function withoutEmptyLists<T extends object>(fields: T): Mutable<T> {
  const kept = Object.entries(fields).filter(([, value]) => !(Array.isArray(value) && value.length === 0));
  return Object.fromEntries(kept) as Mutable<T>; // only lists go, and every list in these types is optional
}
