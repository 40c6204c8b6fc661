/** What somebody does to one object by hand: a JSON merge patch. */
export type Damage = { readonly what: string; readonly patch: unknown };

const damage = (what: string, patch: unknown): Damage => ({ what, patch });
const labels = (values: unknown) => ({ metadata: { labels: values } });

/** To any child. */
const anyKind: readonly Damage[] = [
  damage("loses the labels by which it is found", labels({ app: null, instance: null })),
  damage("gets another server's label", labels({ instance: "another" })),
  damage("loses a label that people look for", labels({ "app.kubernetes.io/managed-by": null })),
];

const owned = damage("loses its owner", { metadata: { ownerReferences: null } });

const ofKind: Readonly<Record<string, readonly Damage[]>> = {
  ConfigMap: [owned, damage("loses its contents", { data: null })],
  Service: [
    owned,
    damage("selects the pods of another server", { spec: { selector: { instance: "another" } } }),
    damage("selects more than the server's pods", { spec: { selector: { instance: null } } }),
  ],
  NetworkPolicy: [
    owned,
    damage("holds for the pods of another server", { spec: { podSelector: { matchLabels: { instance: "another" } } } }),
    damage("lets everything in", { spec: { ingress: [{}] } }),
  ],
  Ingress: [owned, damage("leads elsewhere", { spec: { rules: [{ host: "elsewhere.example.com" }] } })],
  StatefulSet: [
    owned,
    damage("is scaled", { spec: { replicas: 0 } }),
    damage("deletes its volumes with itself", {
      spec: { persistentVolumeClaimRetentionPolicy: { whenDeleted: "Delete" } },
    }),
  ],
  Secret: [],
};

/** In the order in which they are done to an object of the kind. */
export function damagesOf(kind: string): readonly Damage[] {
  return [...anyKind, ...(ofKind[kind] ?? [])];
}
