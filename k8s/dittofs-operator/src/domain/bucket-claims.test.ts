import assert from "node:assert/strict";
import { test } from "node:test";
import type { DittoServer, RemoteStoreSpec } from "../api/ditto-server.ts";
import { bucketClaims, bucketNames } from "./bucket-claims.ts";
import { aServer } from "./testing/a-server.ts";

type S3 = NonNullable<RemoteStoreSpec["s3"]>;

function withBucket(s3: Partial<S3>, meta: Partial<DittoServer["metadata"]>): DittoServer {
  const store = { bucket: "files", credentialsSecretRef: { name: "keys" }, ...s3 };
  return aServer(
    { stores: { remote: [{ name: "offsite", type: "s3", s3: store }] } },
    { uid: meta.name ?? "", ...meta },
  );
}
const older = (s3: Partial<S3> = {}) => withBucket(s3, { name: "older", creationTimestamp: "2026-01-01T00:00:00Z" });
const newer = (s3: Partial<S3> = {}) => withBucket(s3, { name: "newer", creationTimestamp: "2026-01-02T00:00:00Z" });

test("a bucket belongs to the older of two servers, and the newer one is told whose it is and what to do", () => {
  assert.equal(bucketClaims(older(), [older(), newer()]).size, 0);
  assert.equal(
    bucketClaims(newer(), [newer(), older()]).get("offsite"),
    "Bucket files is taken by store offsite of the older DittoServer default/older, and each would remove the other's objects as garbage. Declare a store of another name with a bucket or prefix of its own.",
  );
});

test("of two servers of one second the name decides, so that both come to the same result", () => {
  const at = "2026-01-01T00:00:00Z";
  const [a, b] = [
    withBucket({}, { name: "a", creationTimestamp: at }),
    withBucket({}, { name: "b", creationTimestamp: at }),
  ];
  assert.deepEqual([bucketClaims(a, [b]).size, bucketClaims(b, [a]).size], [0, 1]);
});

test("a server that was made again under its name is not in its own way", () => {
  assert.equal(bucketClaims(newer(), [newer()]).size, 0);
});

test("the names of buckets are those by which others are looked up", () => {
  assert.deepEqual(bucketNames(older({ bucket: "b" })), ["b"]);
  assert.deepEqual(bucketNames(aServer({ stores: { remote: [{ name: "scratch", type: "memory" }] } })), []);
});

const rows: readonly {
  readonly name: string;
  readonly first: Partial<S3>;
  readonly second: Partial<S3>;
  readonly isTaken: boolean;
}[] = [
  { name: "another bucket is free", first: {}, second: { bucket: "other" }, isTaken: false },
  { name: "another prefix is free", first: { prefix: "a/" }, second: { prefix: "b/" }, isTaken: false },
  {
    name: "a prefix beside no prefix is free, because objects lie in blocks/ below it",
    first: {},
    second: { prefix: "a/" },
    isTaken: false,
  },
  {
    name: "a prefix in the midst of the other's objects is taken",
    first: {},
    second: { prefix: "blocks/" },
    isTaken: true,
  },
  {
    name: "a prefix around the other's objects is taken",
    first: { prefix: "a/blocks/" },
    second: { prefix: "a/" },
    isTaken: true,
  },
  {
    name: "a prefix that only begins like the other one is free",
    first: { prefix: "team/" },
    second: { prefix: "team-2/" },
    isTaken: false,
  },
  {
    name: "a bucket of this name at another address is another one",
    first: { endpoint: "http://minio.a.svc:9000" },
    second: { endpoint: "http://minio.b.svc:9000" },
    isTaken: false,
  },
  {
    name: "one address in two spellings is one",
    first: { endpoint: "https://S3.example.com:443/" },
    second: { endpoint: "https://s3.example.com" },
    isTaken: true,
  },
  {
    name: "AWS is one service in all regions",
    first: { region: "eu-west-1" },
    second: { endpoint: "https://s3.us-east-1.amazonaws.com" },
    isTaken: true,
  },
];

for (const { name, first, second, isTaken } of rows) {
  test(name, () => assert.equal(bucketClaims(newer(second), [older(first)]).size === 1, isTaken));
}
