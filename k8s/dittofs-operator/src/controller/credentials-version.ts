import { createHash } from "node:crypto";
import type { DittoServer } from "../api/ditto-server.ts";
import { storeDatabaseSecretNames } from "../domain/database/store-databases.ts";
import { adminSecretName } from "../domain/names.ts";
import { operatorSecretNames } from "../domain/secrets/operator-secrets.ts";
import { storeSecretNames } from "../domain/secrets/store-credentials.ts";
import { userSecret } from "../domain/secrets/user-passwords.ts";
import type { ClusterStores } from "./cluster-stores.ts";

/** Versions of the Secrets that hold passwords, access keys and certificates, in short: another one means that there is something to ask again. */
export function credentialsVersion(server: DittoServer, stores: Pick<ClusterStores, "secretNames">): string {
  const { identity, users = [] } = server.spec;
  const admin = identity.admin.passwordSecretRef?.name ?? adminSecretName(server);
  const names = [
    admin,
    ...operatorSecretNames(server),
    ...users.map((user) => userSecret(server, user).name),
    ...storeDatabaseSecretNames(server),
    ...storeSecretNames(server),
  ];
  const { namespace } = server.metadata;
  const versions = names.map((name) => stores.secretNames.get({ namespace, name })?.metadata.resourceVersion ?? "");
  return createHash("sha256").update(JSON.stringify(versions)).digest("hex");
}
