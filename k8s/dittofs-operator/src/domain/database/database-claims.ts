import type { DittoServer } from "../../api/ditto-server.ts";
import { isEarlier } from "../is-earlier.ts";
import { perconaNames } from "../percona/percona-cluster-names.ts";
import type { SecretReference } from "../secrets/mounted-secrets.ts";
import type { SecretsSeen } from "../secrets/user-passwords.ts";
import type { World } from "../world.ts";
import { controlPlanePlace, type DatabasePlace, placeKey } from "./control-plane-place.ts";
import { postgresStores, storeDatabaseSecretNames, storePlace, storeSecretOf } from "./store-databases.ts";
import { usesPostgres } from "./uses-postgres.ts";

/** Why databases that a server names are another server's. */
export type DatabaseClaims = {
  readonly controlPlane?: string;
  /** By metadata store. */
  readonly stores: ReadonlyMap<string, string>;
};

export const noDatabaseClaims: DatabaseClaims = { stores: new Map() };

/** A server, and what the Secrets say that tell where its databases are. */
export type WithDatabases = Pick<SecretsSeen, "server" | "named">;

type Database = {
  /** The metadata store in it; undefined for the control plane. */
  readonly store: string | undefined;
  /** Undefined while nothing says where it is. */
  readonly place: DatabasePlace | undefined;
  /** Undefined where the spec says it. */
  readonly secret: SecretReference | undefined;
  /** In the spec, apart from its Secret. */
  readonly name: string;
};

/** Whether a server has a database that could be another one's too. */
export function hasDatabases(server: DittoServer): boolean {
  return usesPostgres(server) || postgresStores(server).length > 0;
}

/** Names of the Secrets that say where its databases are. */
export function databaseSecretNames(server: DittoServer): readonly string[] {
  const ofControlPlane = perconaNames(server)?.userSecret ?? server.spec.database.postgresSecretRef?.name;
  return [...new Set([...(ofControlPlane === undefined ? [] : [ofControlPlane]), ...storeDatabaseSecretNames(server)])];
}

/** `others` may be all that the operator sees. Of two servers the older one has a database that both name. */
export function databaseClaims(own: WithDatabases, others: Iterable<WithDatabases>): DatabaseClaims {
  const databases = databasesOf(own);
  const stores = new Map<string, string>();
  let controlPlane: string | undefined;
  for (const other of others) {
    if (!isEarlier(other.server, own.server)) continue;
    for (const theirs of databasesOf(other)) {
      for (const ours of databases.filter((each) => isSame(each, own.server, theirs, other.server))) {
        const text = claimText(ours, theirs, other.server);
        if (ours.store === undefined) controlPlane ??= text;
        else if (!stores.has(ours.store)) stores.set(ours.store, text);
      }
    }
  }
  return { stores, ...(controlPlane !== undefined && { controlPlane }) };
}

function databasesOf({ server, named }: WithDatabases): readonly Database[] {
  const ofPercona = perconaNames(server);
  const secret =
    ofPercona === undefined ? server.spec.database.postgresSecretRef : { name: ofPercona.userSecret, key: "" };
  const controlPlane = { store: undefined, place: controlPlanePlace(server, named), secret, name: "" };
  return [
    ...(usesPostgres(server) ? [controlPlane] : []),
    ...postgresStores(server).map(({ name, postgres }) => ({
      store: name,
      place: storePlace(postgres, { server, named }),
      secret: storeSecretOf(postgres, server),
      name: postgres.database,
    })),
  ];
}

function isSame(a: Database, serverA: DittoServer, b: Database, serverB: DittoServer): boolean {
  // Behind such an address is a database of the pod's own, or a proxy that may lead anywhere.
  if (isLoopback(a.place) || isLoopback(b.place)) return false;
  if (a.place !== undefined && b.place !== undefined)
    return placeKey(qualified(a.place, serverA)) === placeKey(qualified(b.place, serverB));
  // A Secret that is missing for a moment gives no database away.
  const [one, other] = [secretKey(a, serverA), secretKey(b, serverB)];
  return one !== undefined && one === other;
}

function secretKey({ secret, name }: Database, { metadata }: DittoServer): string | undefined {
  return secret && JSON.stringify([metadata.namespace, secret.name, secret.key, name]);
}

function isLoopback(place: DatabasePlace | undefined): boolean {
  return place !== undefined && /^(localhost|127\.[0-9.]+|::1)$/i.test(place.host);
}

/** A Service's short names mean another one in each namespace. */
function qualified(place: DatabasePlace, { metadata }: DittoServer): DatabasePlace {
  const short = place.host
    .toLowerCase()
    .replace(/\.$/, "")
    .replace(/\.svc(\.cluster\.local)?$/, "");
  return { ...place, host: /[.:]/.test(short) ? short : `${short}.${metadata.namespace}` };
}

function claimText(ours: Database, theirs: Database, { metadata }: DittoServer): string {
  const { place, secret } = ours;
  const which =
    place === undefined
      ? `The database in Secret ${secret?.name ?? ""}`
      : `Database ${place.database} on ${place.host}:${place.port}`;
  const holder = theirs.store === undefined ? "the control plane" : `metadata store ${theirs.store}`;
  const taken = `${which} is that of ${holder} of the older DittoServer ${metadata.namespace}/${metadata.name}, and two servers in one database destroy each other's data.`;
  return ours.store === undefined
    ? `${taken} Give this server's control plane a database of its own. A pod that runs is left alone meanwhile.`
    : `${taken} Declare a store of another name with a database of its own.`;
}

/** Nobody tells when the other server lets the database go. */
export function databaseClaimLookMs({
  databaseClaims: { controlPlane },
}: Pick<World, "databaseClaims">): number | undefined {
  return controlPlane === undefined ? undefined : 30_000;
}
