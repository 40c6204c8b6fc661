import assert from "node:assert/strict";
import { test } from "node:test";
import type { StatefulSet } from "kubernetes-types/apps/v1";
import type { DittoServer } from "../../api/ditto-server.ts";
import { aServer, defaultSpec } from "../testing/a-server.ts";
import { claimTemplates } from "./volumes.ts";

function sizes(server: DittoServer): Readonly<Record<string, string>> {
  const templates = claimTemplates(server, undefined);
  return Object.fromEntries(
    templates.map(({ metadata, spec }) => [metadata?.name ?? "", spec?.resources?.requests?.["storage"] ?? ""]),
  );
}

const inMemory = { ...defaultSpec.database, sqlite: { ...defaultSpec.database.sqlite, persistent: false } };
const accessMode = "ReadWriteOnce" as const;

const wanted = [
  { name: "nothing is said", server: aServer(), claims: { controlplane: "1Gi" } },
  {
    name: "every size is given",
    server: aServer({
      storage: { metadataSize: "5Gi", contentSize: "20Gi", cacheSize: "2Gi", controlPlaneSize: "512Mi", accessMode },
    }),
    claims: { metadata: "5Gi", content: "20Gi", cache: "2Gi", controlplane: "512Mi" },
  },
  {
    name: "a size has another spelling than the API server's",
    server: aServer({ storage: { metadataSize: "2048Mi", accessMode } }),
    claims: { metadata: "2Gi", controlplane: "1Gi" },
  },
  { name: "the database is not persistent", server: aServer({ database: inMemory }), claims: {} },
  {
    name: "the database is not persistent although a size for it is given",
    server: aServer({ database: inMemory, storage: { controlPlaneSize: "1Gi", accessMode } }),
    claims: {},
  },
];

for (const { name, server, claims } of wanted) {
  test(`when ${name} the claims are ${JSON.stringify(claims)}`, () => assert.deepEqual(sizes(server), claims));
}

test("class and access mode reach every claim", () => {
  const storage = { contentSize: "1Gi", storageClassName: "fast", accessMode: "ReadWriteOncePod" } as const;
  const specs = claimTemplates(aServer({ storage }), undefined).map(({ spec }) => spec);
  assert.equal(specs.length, 2);
  for (const spec of specs) {
    assert.equal(spec?.storageClassName, "fast");
    assert.deepEqual(spec?.accessModes, ["ReadWriteOncePod"]);
  }
});

test("the cluster's default class decides when none is named", () => {
  for (const { spec } of claimTemplates(aServer(), undefined)) assert.ok(!("storageClassName" in (spec ?? {})));
});

/** As the API server gives it back. */
const live: StatefulSet = {
  spec: {
    serviceName: "files-headless",
    selector: {},
    template: {},
    volumeClaimTemplates: [
      {
        apiVersion: "v1",
        kind: "PersistentVolumeClaim",
        metadata: { name: "metadata" },
        spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } }, volumeMode: "Filesystem" },
        status: { phase: "Pending" },
      },
    ],
  },
};

test("the templates of a live StatefulSet are kept whatever the spec says, for Kubernetes would refuse any other", () => {
  const storage = { metadataSize: "9Gi", contentSize: "20Gi", storageClassName: "fast", accessMode };
  assert.deepEqual(claimTemplates(aServer({ storage }), live), [
    {
      metadata: { name: "metadata" },
      spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } }, volumeMode: "Filesystem" },
    },
  ]);
});
