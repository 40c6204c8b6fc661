import type { DittoServer } from "../../api/ditto-server.ts";
import { storeDatabaseSecretNames } from "../database/store-databases.ts";
import { perconaNames } from "../percona/percona-cluster-names.ts";
import { envFromSecretNames } from "./env-from-digests.ts";
import { mountedSecrets } from "./mounted-secrets.ts";
import { operatorSecretNames } from "./operator-secrets.ts";
import { storeSecretNames } from "./store-credentials.ts";

/** Names of the Secrets whose values matter, each once: the operator reads no others. */
export function referencedSecretNames(server: DittoServer): readonly string[] {
  const ofUsers = (server.spec.users ?? []).flatMap(({ passwordSecretRef }) => passwordSecretRef?.name ?? []);
  const { postgresSecretRef } = server.spec.database;
  const ofPercona = perconaNames(server)?.userSecret;
  const ofLdap = server.spec.identity.ldap?.bindPasswordSecretRef?.name;
  return [
    ...new Set([
      ...mountedSecrets.flatMap((row) => row.reference(server)?.name ?? []),
      ...operatorSecretNames(server),
      ...(ofPercona === undefined ? [] : [ofPercona]),
      ...(postgresSecretRef === undefined ? [] : [postgresSecretRef.name]),
      ...ofUsers,
      ...envFromSecretNames(server),
      ...storeSecretNames(server),
      ...storeDatabaseSecretNames(server),
      ...(ofLdap === undefined ? [] : [ofLdap]),
    ]),
  ];
}
