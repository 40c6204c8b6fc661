import { customResourceDefinition } from "./crd.ts";
import type { StructuralSchema } from "./structural-schema.ts";

/** A field of the spec that has no fields of its own: a value, a list of values, a map or a free object. */
export type SpecLeaf = {
  /** As the reference writes it: `shares[].nfs.squash`. */
  readonly path: string;
  readonly schema: StructuralSchema;
};

/** Every leaf of the spec, in the order of the reference. */
export function specLeaves(): readonly SpecLeaf[] {
  const { spec } = customResourceDefinition.spec.versions[0].schema.openAPIV3Schema.properties;
  return leavesBelow(spec, "");
}

function leavesBelow(schema: StructuralSchema, path: string): readonly SpecLeaf[] {
  const { items } = schema;
  if (items !== undefined && isParent(items)) return leavesBelow(items, `${path}[]`);
  if (!isParent(schema)) return [{ path, schema }];
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) =>
    leavesBelow(field, path === "" ? name : `${path}.${name}`),
  );
}

function isParent({ properties, items }: StructuralSchema): boolean {
  return Object.keys(properties ?? {}).length > 0 || (items !== undefined && isParent(items));
}
