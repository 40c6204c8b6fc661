import assert from "node:assert/strict";
import { test } from "node:test";
import { connectionProblem } from "./connection-problem.ts";

const where = { host: "db", port: 5432, database: "files", user: "dittofs", sslMode: "require" } as const;
const failing = (code: string, message = "the library's words"): Error => Object.assign(new Error(message), { code });

const rows: readonly (readonly [unknown, RegExp])[] = [
  [failing("ENOTFOUND"), /^The name db is not known: .* \(ENOTFOUND: the library's words\)$/],
  [failing("ECONNREFUSED"), /^db does not accept connections on port 5432/],
  [failing("ETIMEDOUT"), /NetworkPolicy/],
  [failing("ERR_TLS_CERT_ALTNAME_INVALID"), /with sslMode require is not trusted: .*caSecretRef/],
  [failing("28P01"), /^PostgreSQL refuses user dittofs on database files/],
  [failing("3D000"), /^Database files does not exist/],
  [failing("57P03"), /is starting/],
  [
    failing("XX000"),
    /^No connection to database files on db:5432 with sslMode require \(XX000: the library's words\)\.$/,
  ],
  [new Error("no\n code"), /\(no code\)\.$/],
  ["nothing that is an error", /sslMode require \(\)\.$/],
];

for (const [error, sentence] of rows) {
  test(`says ${sentence.source} of ${JSON.stringify(error)}${error instanceof Error ? error.message : ""}`, () => {
    assert.match(connectionProblem(error, where), sentence);
  });
}

test("names the first of several addresses that refused, and cuts a long answer", () => {
  const all = Object.assign(new AggregateError([new Error("connect ::1"), new Error("other")]), {
    code: "ECONNREFUSED",
  });
  assert.match(connectionProblem(all, where), /\(ECONNREFUSED: connect ::1\)$/);
  assert.ok(connectionProblem(failing("XX000", "x".repeat(5000)), where).length < 400);
});
