/** Which object: enough to find where the API serves it. `namespace` is absent for cluster-wide kinds. */
export type ObjectRef = KindRef & { readonly name: string; readonly namespace?: string };

export type KindRef = { readonly apiVersion: string; readonly kind: string };

export function refOf(object: KindRef & { readonly metadata: { name: string; namespace?: string } }): ObjectRef {
  const { apiVersion, kind, metadata } = object;
  const { name, namespace } = metadata;
  return { apiVersion, kind, name, ...(namespace !== undefined && { namespace }) };
}

/** As people write it: `DittoServer default/files`. */
export function refText({ kind, namespace, name }: ObjectRef): string {
  return `${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
}
