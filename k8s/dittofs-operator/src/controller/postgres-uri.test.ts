import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { postgresUri } from "./postgres-uri.ts";

const taken = (text: string) => {
  const place = postgresUri(text)?.place;
  return place === undefined || "problem" in place ? place : { ...place, password: atob(place.password.base64()) };
};

const plain = { host: "db.example.com", port: "5432", database: "files", user: "dittofs", password: "pw" };

const rows: readonly { readonly name: string; readonly uri: string; readonly place: unknown }[] = [
  {
    name: "with everything",
    uri: "postgresql://dittofs:pw@db.example.com:6432/files?sslmode=verify-full&application_name=x",
    place: { ...plain, port: "6432", sslMode: "verify-full" },
  },
  { name: "in the short form, without port and mode", uri: "postgres://dittofs:pw@db.example.com/files", place: plain },
  {
    name: "with codes, an address in brackets and no password",
    uri: "postgresql://a%40b@[::1]/f%20s",
    place: { host: "::1", port: "5432", database: "f s", user: "a@b", password: "" },
  },
  {
    name: "with a password of special characters",
    uri: "postgresql://u:a%2Fb%40c%20d@h/d",
    place: { host: "h", port: "5432", database: "d", user: "u", password: "a/b@c d" },
  },
  { name: "without a host", uri: "postgresql:///files?user=x", place: { problem: "must name one host" } },
  { name: "with two hosts", uri: "postgresql://u:p@a,b/files", place: { problem: "must name one host" } },
  { name: "without a database", uri: "postgresql://u:p@h", place: { problem: "names no database" } },
  { name: "without a user", uri: "postgresql://h/files", place: { problem: "names no user" } },
  {
    name: "with a mode that DittoFS does not know",
    uri: "postgresql://u:p@h/files?sslmode=prefer",
    place: { problem: "must have an sslmode of disable, require, verify-ca, verify-full" },
  },
  {
    name: "that is broken",
    uri: "postgresql://u:p%zz@h:port/files",
    place: { problem: "cannot be read as a URI; special characters in the password need % codes" },
  },
  {
    name: "that has no end",
    uri: `postgresql://u:p@h/${"x".repeat(3000)}`,
    place: { problem: "is longer than 2048 characters" },
  },
  { name: "that is none", uri: "mysql://u:p@h/files", place: undefined },
];

for (const { name, uri, place } of rows) test(`a URI ${name}`, () => assert.deepEqual(taken(uri), place));

test("the password is in nothing that prints", () => {
  const form = postgresUri("postgresql://u:hidden@h/files");
  assert.doesNotMatch(JSON.stringify(form) + inspect(form, { depth: 9, showHidden: true }), /hidden|aGlkZGVu/);
});
