import assert from "node:assert/strict";
import { test } from "node:test";
import { aServer } from "../domain/testing/a-server.ts";
import { credentialsVersion } from "./credentials-version.ts";
import { FakeCluster } from "./testing/fake-cluster.ts";

const s3 = { bucket: "files", credentialsSecretRef: { name: "keys" } };
const server = aServer({ stores: { remote: [{ name: "offsite", type: "s3", s3 }] } });

test("another access key in the Secret of a remote store makes DittoFS be asked at once", () => {
  const cluster = new FakeCluster();
  const versionWith = (name: string, resourceVersion: string): string => {
    cluster.put({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name, namespace: "default", uid: name, resourceVersion },
    });
    return credentialsVersion(server, cluster.stores);
  };
  const first = versionWith("keys", "1");
  assert.equal(versionWith("another", "1"), first);
  assert.notEqual(versionWith("keys", "2"), first);
});
