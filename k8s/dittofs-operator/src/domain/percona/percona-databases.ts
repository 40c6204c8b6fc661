import type { DittoServer } from "../../api/ditto-server.ts";
import { metadataStores } from "../provisioning/metadata-stores.ts";

/** Every database that a server needs in its cluster: the control plane's, and one for each metadata store there. */
export function perconaDatabases(server: DittoServer): readonly string[] {
  const ofStores = metadataStores(server).flatMap(({ postgres }) =>
    postgres?.percona === true ? [postgres.database] : [],
  );
  return [...new Set([server.spec.percona?.databaseName ?? "", ...ofStores])];
}
