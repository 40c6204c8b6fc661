import { bool, object, oneOf, text } from "../schema/vocabulary.ts";

/** The server's own database of shares, users and adapters. */
export const database = object("The control-plane database: where the server keeps shares, users and adapters.", {
  type: oneOf("Kind of database. Left out, it is sqlite.", ["sqlite"]).exactOptional(),
  sqlite: object("SQLite settings.", {
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
  }).prefault({}),
}).prefault({});
