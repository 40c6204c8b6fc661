/** Kinds of children that a cluster may not know, because another operator brings them. */
export type OptionalKind = "ServiceMonitor" | "PerconaPGCluster";
