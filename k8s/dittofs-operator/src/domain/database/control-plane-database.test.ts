import assert from "node:assert/strict";
import { test } from "node:test";
import type { DittoServerSpec } from "../../api/ditto-server.ts";
import { SealedText } from "../secrets/sealed-text.ts";
import { aServer, defaultSpec } from "../testing/a-server.ts";
import { plannedChildren, plannedStatefulSet } from "../testing/planned-children.ts";
import type { SecretSeen, SecretValueSeen } from "../world.ts";
import { controlPlaneDatabase } from "./control-plane-database.ts";

type Database = Partial<DittoServerSpec["database"]>;

const reference = { postgresSecretRef: { name: "pg", key: "uri" } };
const serverWith = (database: Database) => aServer({ database: { ...defaultSpec.database, ...database } });
const line = (text: string): SecretValueSeen => ({
  digest: `digest of ${text}`,
  lengthBytes: text.length,
  form: { kind: "line", text },
});
const secret: SecretValueSeen = { digest: "digest of the password", lengthBytes: 8 };
const seen = (keys: Readonly<Record<string, SecretValueSeen>>): ReadonlyMap<string, SecretSeen> =>
  new Map([["pg", { kind: "present", keys: new Map(Object.entries(keys)) }]]);
const uri = (place: Extract<NonNullable<SecretValueSeen["form"]>, { kind: "postgresUri" }>["place"]) =>
  seen({ uri: { digest: "digest of the URI", lengthBytes: 60, form: { kind: "postgresUri", place } } });
const place = { host: "db", port: "6432", database: "files", user: "dittofs", password: new SealedText("hidden") };
const keys = { host: line("db"), dbname: line("files"), user: line("dittofs"), password: secret };

/** Variables by name: their value, or Secret and key. */
function variables(database: Database, secrets: ReadonlyMap<string, SecretSeen>): Readonly<Record<string, string>> {
  const found = controlPlaneDatabase(serverWith(database), secrets);
  assert.ok(found.kind === "postgres");
  return Object.fromEntries(
    found.environment.map(({ name, value, valueFrom }) => {
      const ref = valueFrom?.secretKeyRef;
      return [name.replace("DITTOFS_DATABASE_POSTGRES_", ""), value ?? `${ref?.name}/${ref?.key}`];
    }),
  );
}

test("without a place the control plane is in SQLite", () => {
  assert.deepEqual(controlPlaneDatabase(serverWith({}), new Map()), { kind: "sqlite" });
});

const rows: readonly {
  readonly name: string;
  readonly database: Database;
  readonly secrets: ReadonlyMap<string, SecretSeen>;
  readonly variables: Readonly<Record<string, string>>;
}[] = [
  {
    name: "the parts of a URI come from a Secret of the operator's, because the process reads no URI",
    database: reference,
    secrets: uri({ ...place, sslMode: "verify-full" }),
    variables: {
      DATABASE_URL: "pg/uri",
      HOST: "files-postgres-connection/host",
      PORT: "files-postgres-connection/port",
      DATABASE: "files-postgres-connection/database",
      USER: "files-postgres-connection/user",
      PASSWORD: "files-postgres-connection/password",
      SSLMODE: "files-postgres-connection/sslmode",
    },
  },
  {
    name: "the spec's sslMode over that of a URI stands in the pod's template, so that a change of it restarts the server",
    database: { ...reference, postgres: { sslMode: "require" } },
    secrets: uri({ ...place, sslMode: "verify-full" }),
    variables: {
      DATABASE_URL: "pg/uri",
      HOST: "files-postgres-connection/host",
      PORT: "files-postgres-connection/port",
      DATABASE: "files-postgres-connection/database",
      USER: "files-postgres-connection/user",
      PASSWORD: "files-postgres-connection/password",
      SSLMODE: "require",
    },
  },
  {
    name: "keys of the user's Secret are given as they stand, `dbname` as well as `database`; the Go operator's type is no matter",
    database: { ...reference, type: "sqlite" },
    secrets: seen(keys),
    variables: { HOST: "pg/host", DATABASE: "pg/dbname", USER: "pg/user", PASSWORD: "pg/password" },
  },
  {
    name: "optional keys are given when they are there, and the spec's sslMode wins",
    database: { ...reference, postgres: { sslMode: "require" } },
    secrets: seen({ ...keys, database: line("other"), port: line("5433"), sslmode: line("disable") }),
    variables: {
      HOST: "pg/host",
      PORT: "pg/port",
      DATABASE: "pg/database",
      USER: "pg/user",
      PASSWORD: "pg/password",
      SSLMODE: "require",
    },
  },
  {
    name: "a place that is spelled out is encrypted unless it says otherwise",
    database: { postgres: { host: "db", database: "files", user: "dittofs" } },
    secrets: new Map(),
    variables: { HOST: "db", DATABASE: "files", USER: "dittofs", SSLMODE: "require" },
  },
  {
    name: "with certificates at hand the server's name is checked too (measured A10)",
    database: {
      postgres: { host: "db", port: 1, database: "f", user: "u", caSecretRef: { name: "ca", key: "ca.crt" } },
    },
    secrets: new Map(),
    variables: {
      HOST: "db",
      PORT: "1",
      DATABASE: "f",
      USER: "u",
      SSLMODE: "verify-full",
      SSL_ROOT_CERT: "/database-ca/ca.crt",
      PGSSLROOTCERT: "/database-ca/ca.crt",
    },
  },
];

for (const row of rows) test(row.name, () => assert.deepEqual(variables(row.database, row.secrets), row.variables));

const unusable: readonly (readonly [name: string, secrets: ReadonlyMap<string, SecretSeen>, says: RegExp])[] = [
  ["absent", new Map(), /Secret pg does not exist/],
  ["unreadable", new Map([["pg", { kind: "unreadable", message: "no." }]]), /cannot be read: no\./],
  ["empty", seen({}), /lacks host, database, user, password\. Add one or the other/],
  ["without a password", seen({ ...keys, password: { ...secret, lengthBytes: 0 } }), /it lacks password\./],
  ["with a broken URI", uri({ problem: "names no user" }), /The URI uri of Secret pg names no user/],
  [
    "with a mode that DittoFS refuses",
    seen({ ...keys, sslmode: line("prefer") }),
    /sslmode of Secret pg must be one of/,
  ],
  ["with a wrong port", seen({ ...keys, port: line("70000") }), /port of Secret pg must be a port/],
  ["with two lines for a host", seen({ ...keys, host: secret }), /host of Secret pg must be one line/],
];

for (const [name, secrets, says] of unusable) {
  test(`a Secret that is ${name} plans no pod, and says so in both conditions`, () => {
    const found = controlPlaneDatabase(serverWith(reference), secrets);
    assert.ok(found.kind === "unusable");
    assert.match(found.message, says);
    assert.ok(!plannedChildren(serverWith(reference), { seen: secrets }).some(({ kind }) => kind === "StatefulSet"));
  });
}

test("the copy of a URI holds its parts, belongs to the server, and a sealed password prints nowhere else", () => {
  const [copy] = plannedChildren(serverWith(reference), { seen: uri(place) }).filter(
    ({ metadata }) => metadata.name === "files-postgres-connection",
  );
  assert.ok(copy?.kind === "Secret" && copy.data !== undefined && copy.metadata.ownerReferences?.length === 1);
  const data = Object.entries(copy.data).map(([key, value]) => [key, Buffer.from(value, "base64").toString()]);
  const plain = { host: "db", port: "6432", database: "files", user: "dittofs" };
  assert.deepEqual(Object.fromEntries(data), { ...plain, password: "hidden", sslmode: "disable" });
  assert.doesNotMatch(JSON.stringify(plannedStatefulSet(serverWith(reference), { seen: uri(place) })), /hidden/);
});

const digest = (database: Database, secrets: ReadonlyMap<string, SecretSeen>): string => {
  const { template } = plannedStatefulSet(serverWith(database), { seen: secrets }).spec ?? {};
  return JSON.stringify(template);
};

test("a changed password changes the pod's template, and a key that nobody reads does not", () => {
  const before = digest(reference, seen(keys));
  assert.notEqual(digest(reference, seen({ ...keys, password: { ...secret, digest: "another" } })), before);
  assert.equal(digest(reference, seen({ ...keys, verifier: secret, "jdbc-uri": secret })), before);
});

test("the pod waits with the operator's image, hardened as the server is, without the URI and without a volume for SQLite", () => {
  const { spec } = plannedStatefulSet(serverWith(reference), { seen: uri(place) });
  const [wait] = spec?.template.spec?.initContainers ?? [];
  const [server] = spec?.template.spec?.containers ?? [];
  assert.deepEqual([wait?.image, wait?.args], ["dittofs-operator:test", ["wait-for-postgres"]]);
  assert.deepEqual(wait?.securityContext, server?.securityContext);
  assert.ok(wait?.env?.every(({ name }) => name.startsWith("DITTOFS_DATABASE_POSTGRES_")));
  assert.equal(spec?.volumeClaimTemplates, undefined);
  assert.ok(!JSON.stringify(spec).includes("/data/controlplane"));
});
