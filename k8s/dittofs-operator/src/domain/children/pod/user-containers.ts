import type { Container, SecurityContext } from "kubernetes-types/core/v1";
import type { DittoServer, DittoServerSpec } from "../../../api/ditto-server.ts";
import { keptAsStored } from "./kept-as-stored.ts";

type UserContainers = NonNullable<NonNullable<DittoServerSpec["pod"]>["sidecars"]>;

/** The user's containers as they are written; only what Pod Security's `restricted` profile asks is filled in. */
export function initContainers({ spec }: DittoServer): Container[] {
  return hardened(spec.pod?.initContainers ?? [], spec);
}

export function sidecars({ spec }: DittoServer): Container[] {
  return hardened(spec.pod?.sidecars ?? [], spec);
}

function hardened(containers: UserContainers, spec: DittoServerSpec): Container[] {
  return containers.map((container) => {
    const stored = keptAsStored(container) as Container; // core/v1 Container by its schema, and never written to
    return { ...stored, securityContext: restricted(stored.securityContext, spec) };
  });
}

/** No user: that is the image's, and often the only one that it runs as. What the pod's context says of all holds here too. */
function restricted(written: SecurityContext | undefined, { podSecurityContext }: DittoServerSpec): SecurityContext {
  const own = written ?? {}; // null counts as left out
  const { runAsNonRoot, runAsUser, seccompProfile } = podSecurityContext ?? {};
  const runsAsRoot = (own.runAsUser ?? runAsUser) === 0;
  return {
    ...(own.privileged !== true && { allowPrivilegeEscalation: false }),
    ...(runAsNonRoot === undefined && !runsAsRoot && { runAsNonRoot: true }),
    ...(seccompProfile === undefined && { seccompProfile: { type: "RuntimeDefault" } }),
    ...own,
    capabilities: { drop: ["ALL"], ...own.capabilities },
  };
}
