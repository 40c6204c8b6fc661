import type { DittoServer, MetadataStoreSpec } from "../../api/ditto-server.ts";
import { perconaNames } from "../percona/percona-cluster-names.ts";
import { metadataStores } from "../provisioning/metadata-stores.ts";
import type { SecretReference } from "../secrets/mounted-secrets.ts";
import { keyedDigest, type SecretsSeen, signingDigest } from "../secrets/user-passwords.ts";
import { controlPlanePlace, type DatabasePlace, placeKey } from "./control-plane-place.ts";
import { postgresPlace } from "./postgres-place.ts";

/** Where the database of a metadata store is; never its password. */
export type StoreDatabase =
  | {
      readonly kind: "usable";
      readonly host: string;
      readonly port: number;
      readonly database: string;
      readonly user: string;
      readonly sslMode: string;
      /** Of the password, keyed: it stands in the status, which more people may read than a Secret. */
      readonly digest: string;
    }
  /** `message` says what is wrong with which Secret, and what to do. */
  | { readonly kind: "unusable"; readonly message: string };

/** By name of the store. */
export type StoreDatabases = ReadonlyMap<string, StoreDatabase>;

type PostgresStore = MetadataStoreSpec & Required<Pick<MetadataStoreSpec, "postgres">>;

/** The metadata stores that lie in a database. */
export function postgresStores(server: DittoServer): readonly PostgresStore[] {
  return metadataStores(server).flatMap((store) =>
    store.postgres === undefined ? [] : [{ ...store, postgres: store.postgres }],
  );
}

/** Names of the Secrets that metadata stores name. */
export function storeDatabaseSecretNames(server: DittoServer): readonly string[] {
  return postgresStores(server).flatMap(({ postgres }) => postgres.secretRef?.name ?? []);
}

/** The Secret that says where the database of a store is; undefined for a store that lies in none. */
export function storeDatabaseSecret(server: DittoServer, storeName: string): SecretReference | undefined {
  const store = postgresStores(server).find(({ name }) => name === storeName);
  return store && storeSecretOf(store.postgres, server);
}

/** A store names the one or the other; that of Percona's cluster has a URI too, in which no store is named. */
export function storeSecretOf({ percona, secretRef }: PostgresStore["postgres"], server: DittoServer): SecretReference {
  if (percona !== true && secretRef !== undefined) return secretRef;
  return { name: perconaNames(server)?.userSecret ?? "", key: "" };
}

/** Where the database of a store is; undefined while its Secret does not say. */
export function storePlace(
  postgres: PostgresStore["postgres"],
  { server, named }: Pick<SecretsSeen, "server" | "named">,
): DatabasePlace | undefined {
  const found = postgresPlace(storeSecretOf(postgres, server), named);
  if (found.kind === "unusable") return undefined;
  const { host = "", port = "5432" } = found.kind === "uri" ? found.place : found.values;
  return { host, port: Number(port), database: postgres.database };
}

/** `claims`: by store, why its database is another server's. Nobody's password is sent for such a one. */
export function storeDatabases(seen: SecretsSeen, claims: ReadonlyMap<string, string> = new Map()): StoreDatabases {
  const key = signingDigest(seen);
  const holders = new Map<string, string>();
  const controlPlane = controlPlanePlace(seen.server, seen.named);
  if (controlPlane !== undefined) holders.set(placeKey(controlPlane), "the control plane");
  return new Map(
    postgresStores(seen.server).map((store) => {
      const claim = claims.get(store.name);
      if (claim !== undefined) return [store.name, { kind: "unusable", message: claim }];
      const found = storeDatabase(store, key, seen);
      if (found.kind === "unusable") return [store.name, found];
      const place = placeKey(found);
      const holder = holders.get(place);
      holders.set(place, holder ?? `metadata store ${store.name}`);
      return [store.name, holder === undefined ? found : taken(found.database, holder)];
    }),
  );
}

function storeDatabase(
  { name, postgres }: PostgresStore,
  key: string | undefined,
  { server, named }: SecretsSeen,
): StoreDatabase {
  const reference = storeSecretOf(postgres, server);
  const found = postgresPlace(reference, named);
  if (found.kind === "unusable") return { kind: "unusable", message: found.message };
  if (key === undefined)
    return { kind: "unusable", message: "The server's signing secret, the key of password digests, is not usable." };
  const { database } = postgres;
  if (found.kind === "uri") {
    const { host, port, user, sslMode } = found.place;
    const digest = keyedDigest([key, name, found.digest]);
    return {
      kind: "usable",
      host,
      port: Number(port),
      database,
      user,
      sslMode: postgres.sslMode ?? sslMode ?? "require",
      digest,
    };
  }
  const { host = "", port, user = "", sslmode } = found.values;
  return {
    kind: "usable",
    host,
    port: Number(port ?? 5432),
    database,
    user,
    sslMode:
      postgres.sslMode ??
      sslmode ??
      (postgres.percona === true ? (server.spec.percona?.sslMode ?? "verify-full") : "require"),
    digest: keyedDigest([key, name, found.passwordDigest]),
  };
}

/** Two stores in one database would be one store, and the server refuses one in the control plane's. */
function taken(database: string, holder: string): StoreDatabase {
  return {
    kind: "unusable",
    message: `Database ${database} is that of ${holder}, and each needs its own: name another in postgres.database.`,
  };
}
