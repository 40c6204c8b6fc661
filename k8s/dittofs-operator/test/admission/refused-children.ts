import { firstPlan } from "../../scripts/first-plan.ts";
import { customResourceDefinition } from "../../scripts/generate/crd.ts";
import type { StructuralSchema } from "../../scripts/generate/structural-schema.ts";
import { dittoServerSchema } from "../../src/api/ditto-server-schema.ts";
import { aServer } from "../../src/domain/testing/a-server.ts";
import type { WantedChild } from "../../src/domain/wanted-child.ts";
import type { AdminConnection } from "../cluster/admin-connection.ts";
import { apiPaths } from "../cluster/api-paths.ts";
import { withValue } from "../sweep/places.ts";
import { admission } from "./admission.ts";
import { randomValue } from "./random-value.ts";

/** Parts of the spec that become parts of other objects; of the last the file server alone knows what it is. */
const { spec } = customResourceDefinition.spec.versions[0].schema.openAPIV3Schema.properties;
const parts = partsBelow(spec, [], 2);

function partsBelow(schema: StructuralSchema, path: readonly string[], depth: number): readonly Part[] {
  const own = path.length === 0 ? [] : [{ path, schema }];
  if (depth === 0) return own;
  const fields = Object.entries(schema.properties ?? {});
  return [...own, ...fields.flatMap(([name, field]) => partsBelow(field, [...path, name], depth - 1))];
}

type Part = { readonly path: readonly string[]; readonly schema: StructuralSchema };

/** What mounts and tolerations of all kinds can refer to. */
const around = { pod: { volumes: ["a", "b-c"].map((name) => ({ name, emptyDir: {} })) } };

/** What another cluster would take: it has other address families, port ranges or features. */
const ofTheCluster = /dual-stack|not configured on this cluster|seLinuxChangePolicy/;

export type ChildTrial = {
  readonly connection: AdminConnection;
  readonly rounds: number;
  readonly random: () => number;
};
export type ChildVerdicts = { readonly taken: number; readonly refused: readonly string[] };

/** Makes specs with one random part each, and tries every child that those get which the API server takes. */
export async function refusedChildren({ connection, rounds, random }: ChildTrial): Promise<ChildVerdicts> {
  const { tryCreation } = admission(connection);
  const refusal = childTrials(connection);
  const refused: string[] = [];
  let taken = 0;
  for (const { path, schema } of Array.from({ length: rounds }, () => parts).flat()) {
    const given = withValue(around, path, randomValue(schema, random));
    const verdict = await tryCreation(given);
    if (!verdict.isTaken) continue;
    taken += 1;
    const server = aServer(dittoServerSchema.shape.spec.parse(given));
    for (const child of firstPlan(server).children) {
      const message = await refusal(child);
      if (message !== undefined && !ofTheCluster.test(message)) refused.push(`${message} (${JSON.stringify(given)})`);
    }
  }
  return { taken, refused };
}

/** Tries a child, once for all servers that have the same. */
function childTrials(connection: AdminConnection): (child: WantedChild) => Promise<string | undefined> {
  const paths = apiPaths(connection);
  const tried = new Set<string>();
  return async (child) => {
    const text = JSON.stringify(child);
    if (tried.has(text) || child.kind === "PerconaPGCluster") return undefined;
    tried.add(text);
    const path = await paths.object({ ...child, name: child.metadata.name, namespace: "default" });
    const query = "dryRun=All&fieldManager=tried&force=true&fieldValidation=Strict";
    const { status, body } = await connection.send("PATCH", `${path}?${query}`, child, "application/apply-patch+yaml");
    return status < 300 ? undefined : String((body as { message: unknown }).message); // a Status
  };
}
