import type { ObjectKey, Resource } from "../runtime/kubernetes-api.ts";

/** No name: the collection. No namespace: all of them, or a kind that has none. */
type At = { readonly [Part in keyof ObjectKey]?: string | undefined } & { readonly subresource?: string | undefined };

export type Query = Readonly<Record<string, string | undefined>>;

/** `/apis/apps/v1/namespaces/default/statefulsets/files/status?...` */
export function apiPath(resource: Resource, at: At, query: Query = {}): string {
  const { group, version, plural, isNamespaced } = resource;
  const parts = [
    ...(group === "" ? ["api", version] : ["apis", group, version]),
    ...(isNamespaced && at.namespace !== undefined ? ["namespaces", at.namespace] : []),
    plural,
    ...(at.name === undefined ? [] : [at.name]),
    ...(at.subresource === undefined ? [] : [at.subresource]),
  ];
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, value);
  return `/${parts.map(encodeURIComponent).join("/")}${search.size === 0 ? "" : `?${search.toString()}`}`;
}
