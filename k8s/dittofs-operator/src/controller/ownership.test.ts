import assert from "node:assert/strict";
import { test } from "node:test";
import { childLabels } from "../domain/labels.ts";
import { aServer } from "../domain/testing/a-server.ts";
import type { KubernetesObject } from "../runtime/kubernetes-api.ts";
import { ownership } from "./ownership.ts";

const server = aServer();
const owner = (changes: object) => [
  {
    apiVersion: "dittofs.dittofs.com/v1alpha1",
    kind: "DittoServer",
    name: "files",
    uid: server.metadata.uid,
    controller: true,
    ...changes,
  },
];
const anObject = (metadata: object): KubernetesObject => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name: "files-jwt-secret", ...metadata },
});

const rows = [
  { name: "an object that this server controls is ours", before: { ownerReferences: owner({}) }, after: "ours" },
  { name: "one that lost its labels is still ours", before: { ownerReferences: owner({}), labels: {} }, after: "ours" },
  {
    name: "one of an earlier server of this name is on its way out",
    before: { ownerReferences: owner({ uid: "earlier" }) },
    after: "previous",
  },
  {
    name: "one of another server is foreign, whatever its labels say",
    before: { ownerReferences: owner({ uid: "x", name: "other" }), labels: childLabels(server, "credentials") },
    after: "foreign",
  },
  {
    name: "one of another controller is foreign",
    before: { ownerReferences: owner({ uid: "x", kind: "Deployment", apiVersion: "apps/v1" }) },
    after: "foreign",
  },
  {
    name: "one that nobody controls and that carries our labels was kept for us",
    before: { labels: childLabels(server, "credentials") },
    after: "ours",
  },
  {
    name: "one with the labels of another server is foreign",
    before: { labels: childLabels(aServer({}, { name: "other" }), "credentials") },
    after: "foreign",
  },
  { name: "one without owner and labels is foreign", before: {}, after: "foreign" },
  {
    name: "a mere owner is no controller",
    before: { ownerReferences: owner({ controller: false }) },
    after: "foreign",
  },
] as const;
for (const { name, before, after } of rows) {
  test(name, () => assert.equal(ownership(anObject(before), server), after));
}
