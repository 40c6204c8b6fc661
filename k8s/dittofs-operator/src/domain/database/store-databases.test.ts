import assert from "node:assert/strict";
import { test } from "node:test";
import type { DittoServerSpec } from "../../api/ditto-server.ts";
import { plan } from "../plan.ts";
import { SealedText } from "../secrets/sealed-text.ts";
import { aServer, defaultSpec } from "../testing/a-server.ts";
import { anAnswer, aServingWorld } from "../testing/a-world.ts";
import type { SecretSeen, SecretValueSeen } from "../world.ts";
import { storeDatabases } from "./store-databases.ts";

const line = (text: string): SecretValueSeen => ({
  digest: text,
  lengthBytes: text.length,
  form: { kind: "line", text },
});
const password = (digest: string): SecretValueSeen => ({ digest, lengthBytes: 8 });
const keys = { host: line("db"), user: line("dittofs"), database: line("control"), password: password("pw") };
const present = (values: Readonly<Record<string, SecretValueSeen>>): SecretSeen => ({
  kind: "present",
  keys: new Map(Object.entries(values)),
});
const uri = { host: "DB", port: "5432", database: "any", user: "u", password: new SealedText("p") };
const named = new Map<string, SecretSeen>([
  ["pg", present(keys)],
  ["again", present({ uri: { digest: "u", lengthBytes: 9, form: { kind: "postgresUri", place: uri } } })],
]);
const generated = [{ metadata: { name: "files-jwt-secret" }, data: { "jwt-secret": btoa("k".repeat(40)) } }];

type Store = NonNullable<NonNullable<DittoServerSpec["stores"]>["metadata"]>[number];

const store = (name: string, database: string, secret = "pg"): Store => ({
  name,
  type: "postgres",
  postgres: { secretRef: { name: secret, key: "uri" }, database },
});
const serverWith = (metadata: readonly Store[], database: Partial<DittoServerSpec["database"]> = {}) =>
  aServer({ stores: { metadata: [...metadata] }, database: { ...defaultSpec.database, ...database } });
const found = (metadata: readonly Store[], database: Partial<DittoServerSpec["database"]> = {}) =>
  [...storeDatabases({ server: serverWith(metadata, database), named, generated })].map(([name, each]) =>
    each.kind === "usable"
      ? `${name}: ${each.user}@${each.host}:${each.port}/${each.database} ${each.sslMode}`
      : `${name}: ${each.message}`,
  );

test("the Secret says where the server is, and the spec which database", () => {
  assert.deepEqual(found([store("a", "one"), store("b", "two", "again")]), [
    "a: dittofs@db:5432/one require",
    "b: u@DB:5432/two require",
  ]);
});

test("a database is that of one store, by whatever Secret it is reached", () => {
  const [, second] = found([store("a", "one"), store("b", "one", "again")]);
  assert.match(second ?? "", /^b: Database one is that of metadata store a, and each needs its own/);
});

test("the control plane's database is no store's", () => {
  const [only] = found([store("a", "control")], { postgresSecretRef: { name: "pg", key: "uri" } });
  assert.match(only ?? "", /^a: Database control is that of the control plane/);
});

test("a missing Secret is named", () => {
  assert.match(found([store("a", "one", "none")])[0] ?? "", /^a: Secret none does not exist/);
});

test("the digest of a password is another one for each store and signing secret, and tells nothing", () => {
  const digests = (signing: string) =>
    [
      ...storeDatabases({
        server: serverWith([store("a", "one"), store("b", "two")]),
        named,
        generated: [{ metadata: { name: "files-jwt-secret" }, data: { "jwt-secret": btoa(signing) } }],
      }).values(),
    ].map((each) => (each.kind === "usable" ? each.digest : ""));
  assert.equal(new Set([...digests("k".repeat(40)), ...digests("l".repeat(40))]).size, 4);
});

const server = serverWith([store("a", "one")]);
const seen = (digest: string) => new Map([["pg", present({ ...keys, password: password(digest) })]]);
const planned = (world: Partial<Parameters<typeof aServingWorld>[0]>) =>
  plan(aServingWorld({ server, ...world }), () => "k".repeat(40)).children.some(({ kind }) => kind === "StatefulSet");
const sent = (digest: string): Readonly<Record<string, string>> => {
  const { children } = aServingWorld({ server });
  const database = storeDatabases({ server, named: seen(digest), generated: children.secrets }).get("a");
  return database?.kind === "usable" ? { a: database.digest } : {};
};

test("nothing starts the process again while the server lacks a changed password and can still be told", () => {
  const answer = anAnswer({ appliedMetadataStores: sent("old") });
  assert.equal(planned({ secrets: seen("old"), dittofs: answer }), true);
  assert.equal(planned({ secrets: seen("new"), dittofs: answer }), false, "not told yet");
  assert.equal(planned({ secrets: seen("new"), dittofs: anAnswer({ appliedMetadataStores: sent("new") }) }), true);
  const silent = { kind: "unreachable", sinceMs: 0, message: "" } as const;
  assert.equal(planned({ secrets: seen("new"), dittofs: silent }), true, "nobody can tell it");
  assert.equal(planned({ secrets: seen("new"), dittofs: answer, pod: undefined }), true, "nothing runs");
});
