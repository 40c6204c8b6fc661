import assert from "node:assert/strict";
import { test } from "node:test";
import type { DittoServerSpec } from "../../api/ditto-server.ts";
import { plan } from "../plan.ts";
import { conditionVerdicts } from "../status.ts";
import { aServer } from "../testing/a-server.ts";
import { aPass, aReadyPod, aServingWorld } from "../testing/a-world.ts";
import { usableSecrets } from "../testing/planned-children.ts";
import type { World } from "../world.ts";
import type { PerconaPGCluster } from "./percona-pg-cluster.ts";

type Percona = NonNullable<DittoServerSpec["percona"]>;

const percona: Percona = {
  enabled: true,
  deleteWithServer: false,
  replicas: 1,
  storageSize: "10Gi",
  databaseName: "dittofs",
  crVersion: "2.8.0",
};
const serverWith = (changes: Partial<Percona> = {}, spec: Partial<DittoServerSpec> = {}) =>
  aServer({ percona: { ...percona, ...changes }, shares: [{ name: "/export" }], ...spec });
const created = Date.parse("2026-01-01T00:09:30Z");
const cluster = (state?: string): PerconaPGCluster => ({
  metadata: { name: "files-postgres", uid: "pg-1", creationTimestamp: "2026-01-01T00:09:30Z" },
  ...(state !== undefined && { status: { state } }),
});

/** A world in which Percona's operator has got so far. */
function world(
  server: ReturnType<typeof aServer>,
  changes: Partial<World> & { readonly clusters?: readonly PerconaPGCluster[] } = {},
): World {
  const { clusters = [], ...others } = changes;
  const made = aServingWorld({ server, nowMs: created + 30_000, ...others });
  return { ...made, children: { ...made.children, perconaPGClusters: clusters } };
}
const nothingYet = { secrets: new Map(), pod: undefined } as const;
const databaseReady = (of: World): string => {
  const { status, reason, message } = conditionVerdicts(aPass(of)).DatabaseReady;
  return `${status} ${reason}: ${message}`;
};
const kinds = (of: World) => plan(of, () => "k".repeat(40)).children.map(({ kind }) => kind);

const rows: readonly (readonly [name: string, world: World, says: RegExp])[] = [
  [
    "a cluster that does not know the kind is told of, and nothing of it is made",
    world(serverWith(), { ...nothingYet, servedKinds: new Set() }),
    /^False PerconaNotInstalled: .*Install Percona's operator/,
  ],
  [
    "right after it was made the cluster is waited for",
    world(serverWith(), { ...nothingYet, clusters: [cluster()] }),
    /^False PerconaNotReady: .*is being made/,
  ],
  [
    "after a minute without a state nobody works on it",
    world(serverWith(), { ...nothingYet, clusters: [cluster()], nowMs: created + 60_000 }),
    /^False PerconaNotWatched: .*install it in default, or for all namespaces/,
  ],
  [
    "its state is told",
    world(serverWith(), { ...nothingYet, clusters: [cluster("initializing")] }),
    /^False PerconaNotReady: .*is initializing/,
  ],
  [
    "a ready cluster without its Secret is told of by the Secret",
    world(serverWith(), { ...nothingYet, clusters: [cluster("ready")] }),
    /^False CredentialsMissing: Secret files-postgres-pguser-dittofs does not exist/,
  ],
  [
    "once its Secrets are there the pod asks it",
    world(serverWith(), { clusters: [cluster("ready")], pod: undefined }),
    /^Unknown NotObservedYet/,
  ],
  [
    "a server that runs goes on while the cluster is initializing again",
    world(serverWith(), { clusters: [cluster("initializing")] }),
    /^True PostgreSQL/,
  ],
  [
    "a cluster of somebody else's is told of by its Secret",
    world(serverWith({ clusterName: "shared" }), { ...nothingYet, servedKinds: new Set() }),
    /^False CredentialsMissing: PerconaPGCluster shared must have the user dittofs, with Secret shared-pguser-dittofs/,
  ],
];

for (const [name, of, says] of rows) test(name, () => assert.match(databaseReady(of), says));

test("nothing else is said to be missing while Percona's operator is", () => {
  const of = world(serverWith(), { ...nothingYet, servedKinds: new Set() });
  const { ConfigReady, Ready } = conditionVerdicts(aPass(of));
  assert.deepEqual([ConfigReady.status, Ready.reason], ["True", "PerconaNotInstalled"]);
});

test("the cluster is made where its kind is known and none is named; the pod only once its Secrets are there", () => {
  const made = (of: World) =>
    ["PerconaPGCluster", "StatefulSet"].filter((kind) => kinds(of).some((each) => each === kind));
  assert.deepEqual(made(world(serverWith(), { ...nothingYet, servedKinds: new Set() })), []);
  assert.deepEqual(made(world(serverWith(), nothingYet)), ["PerconaPGCluster"]);
  assert.deepEqual(made(world(serverWith(), { pod: aReadyPod() })), ["PerconaPGCluster", "StatefulSet"]);
  assert.deepEqual(made(world(serverWith({ clusterName: "shared" }), { pod: undefined })), ["StatefulSet"]);
});

test("a pass is made again when the patience with a cluster without a state ends", () => {
  const { lookAgainMs } = plan(world(serverWith(), { ...nothingYet, clusters: [cluster()] }), () => "k".repeat(40));
  assert.equal(lookAgainMs, 30_000);
});

const made = (server: ReturnType<typeof aServer>) => {
  const found = plan(world(server), () => "k".repeat(40)).children.find(({ kind }) => kind === "PerconaPGCluster");
  assert.ok(found?.kind === "PerconaPGCluster");
  return found;
};

test("a cluster that is kept has neither owner nor finalizer, one that goes with the server has both", () => {
  const ends = ({ metadata }: ReturnType<typeof made>) => [
    metadata.ownerReferences?.length,
    metadata.finalizers?.length,
  ];
  assert.deepEqual(ends(made(serverWith())), [undefined, undefined]);
  assert.deepEqual(ends(made(serverWith({ deleteWithServer: true }))), [1, 2]);
  assert.deepEqual(ends(made(serverWith({}, { deletionPolicy: "Delete" }))), [1, 2]);
});

test("metadata gets a database of its own there when there is no volume for it", () => {
  const databases = (server: ReturnType<typeof aServer>) => made(server).spec?.users[0]?.databases;
  assert.deepEqual(databases(serverWith()), ["dittofs", "dittofs_metadata"]);
  const storage = { metadataSize: "1Gi", accessMode: "ReadWriteOnce" } as const;
  assert.deepEqual(databases(serverWith({}, { storage })), ["dittofs"]);
});

test("the process trusts the cluster's own authority, and gets the URI too, which other programs look for", () => {
  const server = serverWith();
  const { children } = plan(world(server, { secrets: usableSecrets(server) }), () => "k".repeat(40));
  const set = children.find((child) => child.kind === "StatefulSet");
  const variables = new Map(set?.spec?.template.spec?.containers[0]?.env?.map((each) => [each.name, each]));
  assert.equal(variables.get("DITTOFS_DATABASE_POSTGRES_SSLMODE")?.value, "verify-full");
  assert.equal(variables.get("DITTOFS_DATABASE_POSTGRES_SSL_ROOT_CERT")?.value, "/database-ca/ca.crt");
  assert.equal(variables.get("PGSSLROOTCERT")?.value, "/database-ca/ca.crt");
  const source = (name: string) => variables.get(name)?.valueFrom?.secretKeyRef;
  assert.deepEqual(source("DATABASE_URL"), { name: "files-postgres-pguser-dittofs", key: "uri" });
  assert.deepEqual(source("DITTOFS_DATABASE_POSTGRES_HOST"), { name: "files-postgres-pguser-dittofs", key: "host" });
  assert.equal(set?.spec?.volumeClaimTemplates, undefined);
});
