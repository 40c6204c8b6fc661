import type { DittoServer } from "../../api/ditto-server.ts";

export type PerconaNames = {
  readonly cluster: string;
  readonly userSecret: string;
  readonly certificateSecret: string;
};

/** The role that owns every database of a server. */
export const perconaUser = "dittofs";

/** Names that Percona's operator gives to what belongs to a cluster; undefined for a server without one. */
export function perconaNames({ metadata, spec }: Pick<DittoServer, "metadata" | "spec">): PerconaNames | undefined {
  if (spec.percona?.enabled !== true) return undefined;
  const cluster = spec.percona.clusterName ?? `${metadata.name}-postgres`;
  return {
    cluster,
    userSecret: `${cluster}-pguser-${perconaUser}`,
    certificateSecret: `${cluster}-cluster-cert`,
  };
}
