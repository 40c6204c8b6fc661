import * as z from "zod/mini";
import type { KubernetesObject, ListPage } from "../runtime/kubernetes-api.ts";

/** What every object has; everything else is kept as it came. */
const objectSchema = z.looseObject({
  apiVersion: z.optional(z.string()),
  kind: z.optional(z.string()),
  metadata: z.looseObject({ name: z.string() }),
});

const listSchema = z.object({
  metadata: z.object({ resourceVersion: z.optional(z.string()), continue: z.optional(z.string()) }),
  items: z.optional(z.nullable(z.array(z.unknown()))),
});

type TypeMeta = Pick<KubernetesObject, "apiVersion" | "kind">;

/** Items of a list, and metadata-only objects, do not say what they are: `typeMeta` does. Throws for what is no object. */
export function kubernetesObject(value: unknown, { apiVersion, kind }: TypeMeta): KubernetesObject {
  const { metadata, ...object } = objectSchema.parse(value);
  return { ...object, apiVersion, kind, metadata: metadata as KubernetesObject["metadata"] }; // metav1.ObjectMeta, by the API's contract
}

/** One page of a list. Throws for what is no list. */
export function listPage(value: unknown, typeMeta: TypeMeta): ListPage {
  const { metadata, items } = listSchema.parse(value);
  const next = metadata.continue ?? "";
  return {
    items: (items ?? []).map((item) => kubernetesObject(item, typeMeta)),
    resourceVersion: metadata.resourceVersion ?? "",
    ...(next !== "" && { continueToken: next }),
  };
}
