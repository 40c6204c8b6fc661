import assert from "node:assert/strict";
import { test } from "node:test";
import type { Secret } from "kubernetes-types/core/v1";
import { aServer, defaultSpec } from "../testing/a-server.ts";
import { credentials, userCredentials } from "./credentials.ts";

const base64 = (text: string) => Buffer.from(text).toString("base64");
const fresh = (kind: string) => `a fresh ${kind} of at least 32 characters`;
const { identity } = defaultSpec;

test("a server whose spec names no Secret gets a signing secret and an administrator", () => {
  const made = credentials({ server: aServer(), live: [], fresh });
  assert.deepEqual(
    made.map(({ metadata, data }) => [metadata.name, Object.keys(data ?? {})]),
    [
      ["files-jwt-secret", ["jwt-secret"]],
      ["files-admin-bootstrap-credentials", ["username", "password"]],
    ],
  );
});

test("each user without a Secret gets one, with the name beside the password", () => {
  const users = [{ name: "alice" }, { name: "bob", passwordSecretRef: { name: "people", key: "bob" } }];
  const [secret, ...others] = userCredentials({ server: aServer({ users }), live: [], fresh });
  assert.deepEqual(others, []);
  assert.equal(secret?.metadata.name, "files-user-alice");
  assert.equal(secret.data?.["username"], base64("alice"));
  assert.equal(secret.data["password"], base64("a fresh password of at least 32 characters"));
});

test("what the spec names is not made", () => {
  const reference = { name: "mine", key: "value" };
  const server = aServer({
    identity: {
      jwt: { ...identity.jwt, secretRef: reference },
      admin: { ...identity.admin, passwordSecretRef: reference },
    },
  });
  assert.deepEqual(credentials({ server, live: [], fresh }), []);
});

test("a second pass wants exactly what the first one wrote", () => {
  const first = credentials({ server: aServer(), live: [], fresh });
  const live = first.map(({ metadata, data }): Secret => ({ metadata: { name: metadata.name }, data: { ...data } }));
  const second = credentials({ server: aServer(), live, fresh: () => assert.fail("drew a value") });
  assert.deepEqual(second, first);
});

test("under Retain a Secret has no owner, so that a server of the same name finds its password again", () => {
  for (const { metadata } of credentials({ server: aServer(), live: [], fresh })) {
    assert.ok(!("ownerReferences" in metadata));
    assert.equal(metadata.labels["app.kubernetes.io/managed-by"], "dittofs-operator");
  }
});

test("under Delete a Secret goes with its server", () => {
  const server = aServer({ deletionPolicy: "Delete" });
  for (const { metadata } of credentials({ server, live: [], fresh })) {
    assert.deepEqual(
      metadata.ownerReferences?.map(({ uid }) => uid),
      [server.metadata.uid],
    );
  }
});

test("another server's Secrets are not looked at", () => {
  const live: Secret[] = [{ metadata: { name: "other-jwt-secret" }, data: { "jwt-secret": base64("x".repeat(40)) } }];
  const [jwt] = credentials({ server: aServer(), live, fresh });
  assert.equal(jwt?.data?.["jwt-secret"], base64("a fresh jwt of at least 32 characters"));
});
