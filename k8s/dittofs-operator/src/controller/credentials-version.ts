import type { DittoServer } from "../api/ditto-server.ts";
import { adminSecretName } from "../domain/names.ts";
import type { ClusterStores } from "./cluster-stores.ts";

/** Version of the Secret that holds the administrator's password; empty while there is none. */
export function credentialsVersion(server: DittoServer, stores: Pick<ClusterStores, "secretNames">): string {
  const name = server.spec.identity.admin.passwordSecretRef?.name ?? adminSecretName(server);
  return stores.secretNames.get({ namespace: server.metadata.namespace, name })?.metadata.resourceVersion ?? "";
}
