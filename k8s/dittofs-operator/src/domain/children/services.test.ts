import assert from "node:assert/strict";
import { test } from "node:test";
import { aServer, defaultSpec } from "../testing/a-server.ts";
import { adapterServices } from "./adapter-services.ts";
import { apiService } from "./api-service.ts";
import { headlessService } from "./headless-service.ts";

const { nfs, smb } = defaultSpec;
const selector = { app: "dittofs-server", instance: "files" };

test("NFS and SMB are load balanced on the ports that clients use without being told", () => {
  const specs = adapterServices(aServer()).map(({ metadata, spec }) => [metadata.name, spec]);
  assert.deepEqual(specs, [
    [
      "files-adapter-nfs",
      { type: "LoadBalancer", selector, ports: [{ name: "nfs", port: 2049, targetPort: "nfs", protocol: "TCP" }] },
    ],
    [
      "files-adapter-smb",
      { type: "LoadBalancer", selector, ports: [{ name: "smb", port: 445, targetPort: "smb", protocol: "TCP" }] },
    ],
  ]);
});

test("a protocol that is switched off has no Service", () => {
  const names = (server: ReturnType<typeof aServer>) => adapterServices(server).map(({ metadata }) => metadata.name);
  assert.deepEqual(names(aServer({ smb: { ...smb, enabled: false } })), ["files-adapter-nfs"]);
  assert.deepEqual(names(aServer({ nfs: { ...nfs, enabled: false } })), ["files-adapter-smb"]);
});

const types = [
  { own: "NodePort", shared: "ClusterIP", wanted: "NodePort", because: "the protocol's own type is nearest" },
  {
    own: undefined,
    shared: "ClusterIP",
    wanted: "ClusterIP",
    because: "adapterServices stands in for what is left out",
  },
  { own: undefined, shared: undefined, wanted: "LoadBalancer", because: "clients are outside the cluster" },
] as const;

for (const { own, shared, wanted, because } of types) {
  test(`nfs.service.type ${own} with adapterServices.type ${shared} gives ${wanted}, because ${because}`, () => {
    const server = aServer({
      nfs: { ...nfs, ...(own && { service: { type: own } }) },
      ...(shared && { adapterServices: { type: shared } }),
    });
    assert.equal(adapterServices(server)[0]?.spec?.type, wanted);
  });
}

test("annotations of a protocol win over the shared ones, one by one", () => {
  const server = aServer({
    adapterServices: { annotations: { pool: "shared", zone: "a" } },
    nfs: { ...nfs, service: { annotations: { pool: "own" } } },
  });
  const [nfsService, smbService] = adapterServices(server);
  assert.deepEqual(nfsService?.metadata.annotations, { pool: "own", zone: "a" });
  assert.deepEqual(smbService?.metadata.annotations, { pool: "shared", zone: "a" });
});

test("the API's Service takes type, annotations and port from the spec", () => {
  const server = aServer({ service: { type: "NodePort", annotations: { a: "b" } }, controlPlane: { port: 9000 } });
  const { metadata, spec } = apiService(server);
  assert.equal(metadata.name, "files-api");
  assert.deepEqual(metadata.annotations, { a: "b" });
  assert.deepEqual(spec, {
    type: "NodePort",
    selector,
    ports: [{ name: "api", port: 9000, targetPort: "api", protocol: "TCP" }],
  });
});

test("the StatefulSet's Service has no address of its own and publishes only a ready pod", () => {
  assert.deepEqual(headlessService(aServer()).spec, {
    clusterIP: "None",
    selector,
    ports: [{ name: "api", port: 8080, targetPort: "api", protocol: "TCP" }],
  });
});
