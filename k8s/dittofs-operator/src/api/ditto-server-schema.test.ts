import assert from "node:assert/strict";
import { test } from "node:test";
import { dittoServerSchema } from "./ditto-server-schema.ts";
import { API_VERSION, KIND } from "./group.ts";

const server = (spec: unknown) => ({ apiVersion: API_VERSION, kind: KIND, metadata: { name: "files" }, spec });

test("an empty spec gets every default, so that the operator never meets a gap", () => {
  assert.deepEqual(dittoServerSchema.parse(server({})).spec, {
    replicas: 1,
    paused: false,
    deletionPolicy: "Retain",
    deletionProtection: false,
    nfs: { enabled: true, port: 2049, containerPort: 12_049 },
    smb: { enabled: true, port: 445, containerPort: 12_445 },
    service: { type: "ClusterIP" },
    loadBalancer: { fallback: "NodePort", fallbackAfterSeconds: 120 },
    networkPolicy: { enabled: true },
    database: { sqlite: { path: "/data/controlplane/controlplane.db", persistent: true } },
    controlPlane: { port: 8080 },
    identity: {
      jwt: { accessTokenDuration: "15m", refreshTokenDuration: "168h" },
      admin: { username: "admin" },
    },
    logging: { level: "INFO", format: "json", output: "stdout" },
    config: { shutdownTimeout: "30s", badger: { blockCacheMB: 64, indexCacheMB: 32 } },
    adapterDiscovery: { pollingInterval: "30s" },
    image: "marmos91c/dittofs:v0.29.0",
  });
});

test("a value beside a default keeps the other defaults", () => {
  const { nfs } = dittoServerSchema.parse(server({ nfs: { enabled: false } })).spec;
  assert.deepEqual(nfs, { enabled: false, port: 2049, containerPort: 12_049 });
});

test("no default is written into a share or a store, because tools that compare lists would see drift", () => {
  const shares = [{ name: "/export" }];
  const stores = { local: [{ name: "fast", type: "memory" }] };
  const { spec } = dittoServerSchema.parse(server({ shares, stores }));
  assert.deepEqual({ shares: spec.shares, stores: spec.stores }, { shares, stores });
});

test("parsing what was parsed changes nothing, as an API server stores its own answer again", () => {
  const once = dittoServerSchema.parse(server({ storage: { metadataSize: "5Gi" }, shares: [{ name: "/export" }] }));
  assert.deepEqual(dittoServerSchema.parse(once), once);
});

const refusals: readonly (readonly [because: string, spec: unknown])[] = [
  ["an unknown field", { storages: {} }],
  ["an unknown field deep inside", { nfs: { service: { typ: "NodePort" } } }],
  ["a wrong type", { replicas: "1" }],
  ["more than one replica", { replicas: 2 }],
  ["a share without a name", { shares: [{ readOnly: true }] }],
  ["two shares of one name", { shares: [{ name: "/a" }, { name: "/a" }] }],
  ["a size that is no quantity", { storage: { contentSize: "20 gigabytes" } }],
  ["another administrator", { identity: { admin: { username: "root" } } }],
  ["a moving path out of the volume", { database: { sqlite: { path: "/data/controlplane/../x.db" } } }],
  ["null, which is not left out", { storage: null }],
];

for (const [because, spec] of refusals) {
  test(`a manifest with ${because} is refused`, () => {
    assert.equal(dittoServerSchema.safeParse(server(spec)).success, false);
  });
}

test("the kind and version of another API are refused", () => {
  assert.equal(dittoServerSchema.safeParse({ ...server({}), kind: "Server" }).success, false);
  assert.equal(dittoServerSchema.safeParse({ ...server({}), apiVersion: "v1" }).success, false);
});
