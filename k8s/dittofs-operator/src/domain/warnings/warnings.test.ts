import assert from "node:assert/strict";
import { test } from "node:test";
import { aServer, defaultSpec } from "../testing/a-server.ts";
import { anAnswer } from "../testing/a-world.ts";
import { warnings } from "./warnings.ts";

const warningsOf = (server: ReturnType<typeof aServer>, keptUsers: readonly string[] = []) =>
  warnings({ server, servedKinds: new Set(), dittofs: anAnswer({ keptUsers }), claims: [] });

test("a plain server has nothing to be warned of", () => assert.deepEqual(warningsOf(aServer()), []));

test("a setting that the Service's type does not know is named with its field", () => {
  const nfs = { ...defaultSpec.nfs, service: { type: "ClusterIP", nodePort: 30_049, loadBalancerClass: "x" } } as const;
  assert.deepEqual(warningsOf(aServer({ nfs })), [
    "spec.nfs.service.loadBalancerClass has no effect on a Service of type ClusterIP. Remove it, or set another type.",
    "spec.nfs.service.nodePort has no effect on a Service of type ClusterIP. Remove it, or set another type.",
  ]);
});

test("the type that counts is the one that the Service gets, wherever it is said", () => {
  const nfs = { ...defaultSpec.nfs, service: { loadBalancerIP: "192.0.2.7" } };
  assert.deepEqual(warningsOf(aServer({ nfs })), []);
  assert.equal(warningsOf(aServer({ nfs, adapterServices: { type: "NodePort" } })).length, 1);
});

test("a protocol that is switched off is not warned about", () => {
  const nfs = { ...defaultSpec.nfs, enabled: false, service: { type: "ClusterIP", nodePort: 30_049 } } as const;
  assert.deepEqual(warningsOf(aServer({ nfs })), []);
});

test("a free part of the configuration file is named", () => {
  assert.deepEqual(warningsOf(aServer({ extraConfig: { gc: {}, future: 1 } })), [
    "spec.extraConfig sets future, gc unchecked. A wrong key or value keeps the server from starting.",
  ]);
});

test("users that the spec names no more are told, however many they are", () => {
  assert.deepEqual(warningsOf(aServer(), ["alice", "bob"]), [
    'spec.users no longer names alice, bob, who can still log in: set enabled to false instead, or remove them with "dfsctl user delete".',
  ]);
  const many = Array.from({ length: 200 }, (_, index) => `${"u".repeat(60)}${index}`);
  const [warning = ""] = warningsOf(aServer(), many);
  assert.match(warning, / and 190 more, who/);
  assert.ok(warning.length <= 1024);
});
