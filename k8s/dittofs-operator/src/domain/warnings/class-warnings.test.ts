import assert from "node:assert/strict";
import { test } from "node:test";
import { aServer } from "../testing/a-server.ts";
import { aBoundClaim } from "../testing/a-world.ts";
import { classWarnings } from "./class-warnings.ts";

const claims = [aBoundClaim("metadata-files-0", "1Gi", "fast")];
const warned = (storage: object) =>
  classWarnings({
    server: aServer({ storage: { metadataSize: "1Gi", accessMode: "ReadWriteOnce", ...storage } }),
    claims,
  });

test("a class for a volume that has another one is told, since a volume keeps its class", () => {
  assert.deepEqual(warned({ classes: { metadata: "slow" } }), [
    'The volume of PersistentVolumeClaim metadata-files-0 has the StorageClass "fast" and keeps it, although spec.storage asks for "slow": copy the data to a new server to change that.',
  ]);
  assert.equal(warned({ storageClassName: "slow" }).length, 1);
});

test("the nearer class counts, and one that fits is not worth a word", () => {
  assert.deepEqual(warned({ storageClassName: "slow", classes: { metadata: "fast" } }), []);
  assert.deepEqual(warned({}), [], "the cluster's default class chose");
  assert.deepEqual(warned({ classes: { content: "slow" } }), [], "there is no such volume yet");
});
