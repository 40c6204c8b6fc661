import type { Children } from "./world.ts";

/** Of a server that has none yet. */
export const noChildren: Children = {
  statefulSets: [],
  configMaps: [],
  secrets: [],
  services: [],
  networkPolicies: [],
  ingresses: [],
  perconaPGClusters: [],
  serviceMonitors: [],
};
