import assert from "node:assert/strict";
import { test } from "node:test";
import { aServer, defaultSpec } from "./testing/a-server.ts";
import { warnings } from "./warnings.ts";

test("a plain server has nothing to be warned of", () => assert.deepEqual(warnings(aServer()), []));

test("a setting that the Service's type does not know is named with its field", () => {
  const nfs = { ...defaultSpec.nfs, service: { type: "ClusterIP", nodePort: 30_049, loadBalancerClass: "x" } } as const;
  assert.deepEqual(warnings(aServer({ nfs })), [
    "spec.nfs.service.loadBalancerClass has no effect on a Service of type ClusterIP. Remove it, or set another type.",
    "spec.nfs.service.nodePort has no effect on a Service of type ClusterIP. Remove it, or set another type.",
  ]);
});

test("the type that counts is the one that the Service gets, wherever it is said", () => {
  const nfs = { ...defaultSpec.nfs, service: { loadBalancerIP: "192.0.2.7" } };
  assert.deepEqual(warnings(aServer({ nfs })), []);
  assert.equal(warnings(aServer({ nfs, adapterServices: { type: "NodePort" } })).length, 1);
});

test("a protocol that is switched off is not warned about", () => {
  const nfs = { ...defaultSpec.nfs, enabled: false, service: { type: "ClusterIP", nodePort: 30_049 } } as const;
  assert.deepEqual(warnings(aServer({ nfs })), []);
});

test("a free part of the configuration file is named", () => {
  assert.deepEqual(warnings(aServer({ extraConfig: { gc: {}, future: 1 } })), [
    "spec.extraConfig sets future, gc unchecked. A wrong key or value keeps the server from starting.",
  ]);
});
