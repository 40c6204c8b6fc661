import assert from "node:assert/strict";
import { test } from "node:test";
import { aServer, defaultSpec } from "../testing/a-server.ts";
import { rootCertificates } from "./database-variables.ts";

const postgres = { host: "db", database: "f", user: "u", caSecretRef: { name: "ca", key: "ca.crt" } };
const secretRef = { name: "pg", key: "uri" };
type SslMode = "disable" | "require" | "verify-ca" | "verify-full";
const store = (name: string, sslMode?: SslMode) =>
  ({ name, type: "postgres", postgres: { secretRef, database: name, ...(sslMode && { sslMode }) } }) as const;

for (const { stores, isGiven, because } of [
  { stores: [], isGiven: true, because: "only the control plane connects" },
  { stores: [{ name: "ram", type: "memory" }], isGiven: true, because: "no other store is in a database" },
  { stores: [store("a", "verify-ca"), store("b", "verify-full")], isGiven: true, because: "all ask for a check" },
  { stores: [store("a", "verify-full"), store("b", "require")], isGiven: false, because: "one asks for none" },
  { stores: [store("a")], isGiven: false, because: "its Secret may ask for none" },
] as const)
  test(`the authorities of one database are ${isGiven ? "" : "not "}those of all connections, because ${because} (measured A10)`, () => {
    const server = aServer({ database: { ...defaultSpec.database, postgres }, stores: { metadata: [...stores] } });
    const names = rootCertificates(server).map(({ name }) => name);
    assert.equal(names.includes("DITTOFS_DATABASE_POSTGRES_SSL_ROOT_CERT"), true);
    assert.equal(names.includes("PGSSLROOTCERT"), isGiven);
  });
