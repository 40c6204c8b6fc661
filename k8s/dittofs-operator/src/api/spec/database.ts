import { bool, int32, object, oneOf, secretKeyRef, text } from "../schema/vocabulary.ts";

const sqlite = object("SQLite settings.", {
  path: text("Database file inside the pod; it must lie under /data/controlplane.", {
    maxLength: 255,
    form: {
      pattern: String.raw`^/data/controlplane(/[a-zA-Z0-9_][-a-zA-Z0-9._]*)+$`,
      message: "must be a file under /data/controlplane, such as /data/controlplane/controlplane.db",
    },
  }).default("/data/controlplane/controlplane.db"),
  persistent: bool(
    "True keeps the database on a volume. False keeps it in an emptyDir: the operator provisions the server again after each restart.",
  ).default(true),
}).prefault({});

/** Words of libpq that DittoFS knows. */
export const sslMode = (description: string) =>
  oneOf(description, ["disable", "require", "verify-ca", "verify-full"]).exactOptional();

/** Name of a database or a role: what needs no quotes, or is harmless in them. */
export const databaseName = (description: string) =>
  text(description, {
    minLength: 1,
    maxLength: 63,
    form: {
      pattern: "^[a-zA-Z0-9_][-a-zA-Z0-9_.]*$",
      message: "must be letters, digits, - . and _, such as dittofs",
    },
  });

const postgres = object(
  "A PostgreSQL database, spelled out. With postgresSecretRef or percona only what they leave open is set here.",
  {
    host: text("Name or address of the server, such as db.example.com.", {
      minLength: 1,
      maxLength: 253,
      form: { pattern: "^[a-zA-Z0-9]([-a-zA-Z0-9.:]*[a-zA-Z0-9.])?$", message: "must be a host name or an address" },
    }).exactOptional(),
    port: int32("Port of the server. Left out, 5432.", { min: 1, max: 65_535 }).exactOptional(),
    database: databaseName("Name of the database. It must exist, and belong to this server alone.").exactOptional(),
    user: databaseName("Role that owns the database.").exactOptional(),
    passwordSecretRef: secretKeyRef("Password of the role. A change restarts the server once.").exactOptional(),
    sslMode: sslMode(
      "How the connection is protected. Left out, the Secret of postgresSecretRef decides (disable where it says nothing), else verify-full with caSecretRef and require without.",
    ),
    caSecretRef: secretKeyRef(
      "Certificates (PEM) of the authorities that sign the server's certificate. A change restarts the server once.",
    ).exactOptional(),
    maxOpenConns: int32("Most connections to the database. Left out, 25.", { min: 1, max: 10_000 }).exactOptional(),
    maxIdleConns: int32("Most connections that are kept without work. Left out, 5.", {
      min: 1,
      max: 10_000,
    }).exactOptional(),
  },
).exactOptional();

/** The server's own database of shares, users and adapters. */
export const database = object("The control-plane database: where the server keeps shares, users and adapters.", {
  type: oneOf(
    "Kind of database. Left out, it is postgres when postgresSecretRef, postgres or percona is given, else sqlite. Those win over sqlite here.",
    ["sqlite", "postgres"],
  ).exactOptional(),
  sqlite,
  postgresSecretRef: secretKeyRef(
    "Secret that says where the PostgreSQL database is: under this key a URI such as postgresql://user:password@host:5432/database?sslmode=verify-full, or beside it the keys host, port, database (or dbname), user, password and sslmode. A change restarts the server once.",
  ).exactOptional(),
  postgres,
}).prefault({});
