import type { DittoServer } from "../src/api/ditto-server.ts";
import { noDatabaseClaims } from "../src/domain/database/database-claims.ts";
import { noChildren } from "../src/domain/no-children.ts";
import { type Plan, plan } from "../src/domain/plan.ts";
import { usableSecrets } from "../src/domain/testing/planned-children.ts";
import { DEFAULT_OPERATOR_IMAGE } from "../src/options.ts";

/** The plan for a server that has just been created, with every Secret and StorageClass that it names in place. */
export function firstPlan(server: DittoServer): Plan {
  const { storageClassName, classes } = server.spec.storage ?? {};
  const named = [storageClassName, ...Object.values(classes ?? {})].filter((name) => name !== undefined);
  return plan(
    {
      server,
      children: noChildren,
      pod: undefined,
      claims: [],
      storageClasses: [
        { metadata: { name: "default", annotations: { "storageclass.kubernetes.io/is-default-class": "true" } } },
        ...named.map((name) => ({ metadata: { name } })),
      ].map((each) => ({ ...each, provisioner: "any" })),
      secrets: usableSecrets(server),
      databaseClaims: noDatabaseClaims,
      absentReferences: [],
      servedKinds: new Set(["ServiceMonitor", "PerconaPGCluster"]),
      operatorNamespace: "dittofs-system",
      platform: "kubernetes",
      dittofs: { kind: "notAsked", because: "podChanged" },
      operatorImage: DEFAULT_OPERATOR_IMAGE,
      nowMs: 0,
    },
    () => "stands for a random value of any kind",
  );
}
