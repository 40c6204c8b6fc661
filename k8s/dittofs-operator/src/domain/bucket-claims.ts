import type { DittoServer, RemoteStoreSpec } from "../api/ditto-server.ts";
import { isEarlier } from "./is-earlier.ts";

type S3 = NonNullable<RemoteStoreSpec["s3"]>;

/** Names of the buckets that a server has stores in: to find others that may be in the way. */
export function bucketNames(server: DittoServer): readonly string[] {
  return [...new Set(buckets(server).map(({ s3 }) => s3.bucket))];
}

/**
 * By remote store, why its place in a bucket is another server's; `others` may be all that the operator sees. Of two servers
 * the older one has the place: each would take the other's objects for garbage.
 */
export function bucketClaims(server: DittoServer, others: Iterable<DittoServer>): ReadonlyMap<string, string> {
  const own = buckets(server);
  const claims = new Map<string, string>();
  for (const other of others) {
    if (!isEarlier(other, server)) continue;
    for (const theirs of buckets(other)) {
      const store = own.find(({ s3 }) => doOverlap(s3, theirs.s3));
      if (store === undefined || claims.has(store.name)) continue;
      const { namespace, name } = other.metadata;
      claims.set(
        store.name,
        `${placeOf(store.s3)} is taken by store ${theirs.name} of the older DittoServer ${namespace}/${name}, and each would remove the other's objects as garbage. Declare a store of another name with a bucket or prefix of its own.`,
      );
    }
  }
  return claims;
}

function buckets({ spec }: DittoServer): readonly { readonly name: string; readonly s3: S3 }[] {
  return (spec.stores?.remote ?? []).flatMap(({ name, s3 }) => (s3 === undefined ? [] : [{ name, s3 }]));
}

/** The server keeps its objects below `blocks/` in the prefix, and lists everything that begins so. */
function doOverlap(a: S3, b: S3): boolean {
  if (a.bucket !== b.bucket || serviceOf(a) !== serviceOf(b)) return false;
  const [own, theirs] = [`${a.prefix ?? ""}blocks/`, `${b.prefix ?? ""}blocks/`];
  return own.startsWith(theirs) || theirs.startsWith(own);
}

/** A bucket's name means one bucket in all of AWS, and one at each other address. */
function serviceOf({ endpoint }: S3): string {
  if (endpoint === undefined || !URL.canParse(endpoint)) return "aws";
  const { hostname, port, protocol } = new URL(endpoint);
  if (hostname.endsWith(".amazonaws.com")) return "aws";
  return `${hostname}:${port === "" ? (protocol === "https:" ? "443" : "80") : port}`;
}

function placeOf({ bucket, prefix }: S3): string {
  return prefix === undefined ? `Bucket ${bucket}` : `Bucket ${bucket} with prefix ${prefix}`;
}
