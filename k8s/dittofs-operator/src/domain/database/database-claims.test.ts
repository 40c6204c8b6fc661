import assert from "node:assert/strict";
import { test } from "node:test";
import type { DittoServerSpec } from "../../api/ditto-server.ts";
import { databaseReady } from "../conditions/database-ready.ts";
import { plan } from "../plan.ts";
import { SealedText } from "../secrets/sealed-text.ts";
import { aServer, defaultSpec } from "../testing/a-server.ts";
import { aPass, aServingWorld } from "../testing/a-world.ts";
import type { SecretSeen } from "../world.ts";
import { databaseClaims, type WithDatabases } from "./database-claims.ts";
import { storeDatabases } from "./store-databases.ts";

type Spec = Partial<DittoServerSpec>;

const uri = (host: string, database: string): SecretSeen => {
  const place = { host, port: "5432", database, user: "u", password: new SealedText("hidden") };
  return {
    kind: "present",
    keys: new Map([["uri", { digest: "d", lengthBytes: 9, form: { kind: "postgresUri", place } }]]),
  };
};
const secrets = (seen: Readonly<Record<string, SecretSeen>>) => new Map(Object.entries(seen));
const inSecret = (name: string, key = "uri"): Spec => ({
  database: { ...defaultSpec.database, postgresSecretRef: { name, key } },
});
const spelledOut = (host: string, database = "files", port = 5432): Spec => ({
  database: {
    ...defaultSpec.database,
    postgres: { host, port, database, user: "u", passwordSecretRef: { name: "pw", key: "p" } },
  },
});
const store = (database: string, name = "pg"): Spec => ({
  stores: { metadata: [{ name: "team", type: "postgres", postgres: { secretRef: { name, key: "uri" }, database } }] },
});
const inPercona = (clusterName?: string): Spec => ({
  percona: {
    enabled: true,
    deleteWithServer: false,
    replicas: 1,
    storageSize: "1Gi",
    databaseName: "dittofs",
    crVersion: "2.9.0",
    ...(clusterName !== undefined && { clusterName }),
  },
});

type Half = { readonly spec: Spec; readonly namespace?: string; readonly named?: WithDatabases["named"] };

const server = (
  { spec, namespace = "default", named = new Map() }: Half,
  name: string,
  day: number,
): WithDatabases => ({
  server: aServer(spec, { name, namespace, uid: name, creationTimestamp: `2026-01-0${day}T00:00:00Z` }),
  named,
});
const claimsOf = (first: Half, second: Half) => databaseClaims(server(second, "newer", 2), [server(first, "older", 1)]);

const here = secrets({ pg: uri("db", "files") });
const rows: readonly {
  readonly name: string;
  readonly first: Half;
  readonly second: Half;
  readonly taken: RegExp | false;
}[] = [
  {
    name: "a database that both spell out is the older one's",
    first: { spec: spelledOut("db.example.com") },
    second: { spec: spelledOut("DB.example.com.") },
    taken:
      /^Database files on DB\.example\.com\.:5432 is that of the control plane of the older DittoServer default\/older/,
  },
  {
    name: "another database is free",
    first: { spec: spelledOut("a.b", "x") },
    second: { spec: spelledOut("a.b") },
    taken: false,
  },
  {
    name: "another port is free",
    first: { spec: spelledOut("a.b", "x", 1) },
    second: { spec: spelledOut("a.b", "x", 2) },
    taken: false,
  },
  {
    name: "one Secret in one namespace is one database, also while it is missing",
    first: { spec: inSecret("pg") },
    second: { spec: inSecret("pg") },
    taken: /^The database in Secret pg is that of the control plane of the older/,
  },
  {
    name: "another key of it is free",
    first: { spec: inSecret("pg") },
    second: { spec: inSecret("pg", "b") },
    taken: false,
  },
  {
    name: "a Secret of that name in another namespace says nothing while nobody knows what is in it",
    first: { spec: inSecret("pg"), namespace: "a" },
    second: { spec: inSecret("pg") },
    taken: false,
  },
  {
    name: "a copy of the Secret in another namespace is the same database",
    first: { spec: inSecret("pg"), namespace: "a", named: secrets({ pg: uri("db.pg.svc", "files") }) },
    second: { spec: inSecret("mine"), named: secrets({ mine: uri("db.pg", "files") }) },
    taken: /^Database files on db\.pg:5432 is that of the control plane of the older DittoServer a\/older/,
  },
  {
    name: "a Service's short name means another one in each namespace",
    first: { spec: inSecret("pg"), namespace: "a", named: here },
    second: { spec: inSecret("pg"), named: here },
    taken: false,
  },
  {
    name: "what one spells out and the other has in a Secret is the same database",
    first: { spec: spelledOut("db") },
    second: { spec: inSecret("pg"), named: here },
    taken: /^Database files on db:5432/,
  },
  {
    name: "an address of the pod's own leads to each pod's own proxy",
    first: { spec: spelledOut("127.0.0.1") },
    second: { spec: spelledOut("127.0.0.1") },
    taken: false,
  },
  {
    name: "a cluster of Percona's holds one control plane",
    first: { spec: inPercona("shared") },
    second: { spec: inPercona("shared") },
    taken: /^The database in Secret shared-pguser-dittofs is that of the control plane/,
  },
  { name: "a cluster of its own is free", first: { spec: inPercona() }, second: { spec: inPercona() }, taken: false },
];

for (const { name, first, second, taken } of rows)
  test(name, () => {
    const { controlPlane } = claimsOf(first, second);
    if (taken === false) assert.equal(controlPlane, undefined);
    else assert.match(controlPlane ?? "", taken);
    assert.deepEqual(databaseClaims(server(first, "older", 1), [server(second, "newer", 2)]), { stores: new Map() });
  });

test("a metadata store's database is that of one store, and of no control plane of another server", () => {
  const named = secrets({ pg: uri("db", "any") });
  const ofStore = claimsOf({ spec: store("team"), named }, { spec: store("team"), named }).stores.get("team");
  assert.match(
    ofStore ?? "",
    /^Database team on db:5432 is that of metadata store team of the older DittoServer default\/older,/,
  );
  assert.equal(claimsOf({ spec: store("a"), named }, { spec: store("b"), named }).stores.size, 0);
  assert.match(
    claimsOf({ spec: spelledOut("db", "team") }, { spec: store("team"), named }).stores.get("team") ?? "",
    /is that of the control plane of the older.* Declare a store of another name with a database of its own\.$/,
  );
});

test("no password is sent for a store whose database is another server's", () => {
  const named = secrets({ pg: uri("db", "any") });
  const seen = { server: aServer(store("team")), named, generated: [] };
  assert.deepEqual(
    [...storeDatabases(seen, new Map([["team", "Taken."]])).values()],
    [{ kind: "unusable", message: "Taken." }],
  );
});

const postgres = aServer(inSecret("uri-in-it"));
const fresh = () => "a value of at least thirty-two bytes";

test("a control plane in another server's database is not started, is told so, and is looked at again", () => {
  const children = { ...aServingWorld().children, statefulSets: [] };
  const databaseClaims = { controlPlane: "Taken.", stores: new Map() };
  const world = aServingWorld({ server: postgres, children, pod: undefined, databaseClaims });
  const planned = plan(world, fresh);
  assert.ok(planned.children.every(({ kind }) => kind !== "StatefulSet"));
  assert.equal(planned.lookAgainMs, 30_000);
  assert.deepEqual(databaseReady(aPass(world)), { status: "False", reason: "DatabaseTaken", message: "Taken." });
  const free = plan(aServingWorld({ server: postgres, children, pod: undefined }), fresh);
  assert.ok(free.children.some(({ kind }) => kind === "StatefulSet"));
});

test("a pod that runs on it is left alone and told of", () => {
  const databaseClaims = { controlPlane: "Taken.", stores: new Map() };
  const world = aServingWorld({ server: postgres, databaseClaims });
  assert.ok(plan(world, fresh).children.every(({ kind }) => kind !== "StatefulSet"));
  assert.equal(databaseReady(aPass(world)).reason, "DatabaseTaken");
});
