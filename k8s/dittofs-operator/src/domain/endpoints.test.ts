import assert from "node:assert/strict";
import { test } from "node:test";
import type { Service } from "kubernetes-types/core/v1";
import { endpoints } from "./endpoints.ts";
import { ingressName } from "./names.ts";
import { aServer, defaultSpec } from "./testing/a-server.ts";
import { aServingWorld } from "./testing/a-world.ts";

const server = aServer({ shares: [{ name: "/export" }] });
const { services } = aServingWorld({ server }).children;

function found(changed: (service: Service) => Service, nodeAddress?: string): readonly string[] {
  return endpoints({ server, services: services.map(changed), ingresses: [], nodeAddress, isServing: true }).map(
    ({ protocol, scope, host, port }) => `${protocol} ${scope} ${host}:${port}`,
  );
}

test("a Service with a load balancer is reached by its address outside, which stands first, and its name inside, on the standard ports", () => {
  assert.deepEqual(
    found((service) => service, "10.251.0.11"),
    [
      "nfs loadBalancer 10.252.0.7:2049",
      "nfs cluster files-adapter-nfs.default.svc:2049",
      "smb loadBalancer 10.252.0.7:445",
      "smb cluster files-adapter-smb.default.svc:445",
      "api cluster files-api.default.svc:8080",
    ],
  );
});

test("a load balancer that is known by name only is listed by name", () => {
  const named = (service: Service): Service => ({
    ...service,
    status: { loadBalancer: { ingress: [{ hostname: "lb.example.net" }] } },
  });
  assert.ok(found(named).includes("nfs loadBalancer lb.example.net:2049"));
});

test("without a load balancer's address the node's address and port are listed", () => {
  const pending = ({ status: _, ...service }: Service): Service => service;
  assert.ok(found(pending, "10.251.0.11").includes("nfs nodePort 10.251.0.11:30049"));
  assert.ok(!found(pending).some((line) => line.includes("nodePort")), "without a known node there is no such address");
});

test("the mount commands work when pasted: version, port and share are spelled out", () => {
  const mounts = endpoints({ server, services, ingresses: [], nodeAddress: undefined, isServing: true }).flatMap(
    ({ scope, mount }) => (scope === "loadBalancer" ? [mount] : []),
  );
  assert.deepEqual(mounts, [
    "mount -t nfs -o vers=4.1,port=2049 10.252.0.7:/export /mnt",
    "mount -t cifs -o vers=3.1.1,port=445,username=admin //10.252.0.7/export /mnt",
  ]);
});

test("without a share there is nothing to mount", () => {
  assert.ok(
    endpoints({ server: aServer(), services, ingresses: [], nodeAddress: undefined, isServing: true }).every(
      ({ mount }) => mount === undefined,
    ),
  );
});

test("a protocol that is switched off has no endpoint, even while its Service is still there", () => {
  const off = aServer({ smb: { enabled: false, port: 445, containerPort: 12_445 } });
  assert.ok(
    endpoints({ server: off, services, ingresses: [], nodeAddress: undefined, isServing: true }).every(
      ({ protocol }) => protocol !== "smb",
    ),
  );
});

const ingressRows = [
  { host: "api.example.com", tlsSecretName: "api-tls", address: "192.0.2.7", found: "api.example.com:443" },
  { host: "api.example.com", tlsSecretName: undefined, address: "192.0.2.7", found: "api.example.com:80" },
  { host: undefined, tlsSecretName: undefined, address: "192.0.2.7", found: "192.0.2.7:80" },
  { host: "api.example.com", tlsSecretName: undefined, address: undefined, found: undefined },
] as const;

for (const { host, tlsSecretName, address, found: expected } of ingressRows) {
  test(`an Ingress for ${host ?? "every host"} ${tlsSecretName ? "with" : "without"} TLS at ${address} is listed as ${expected}`, () => {
    const ingress = { enabled: true, path: "/", ...(host && { host }), ...(tlsSecretName && { tlsSecretName }) };
    const served = aServer({ controlPlane: { port: 8080, ingress } });
    const live = {
      metadata: { name: ingressName(served) },
      ...(address && { status: { loadBalancer: { ingress: [{ ip: address }] } } }),
    };
    const [first] = endpoints({
      server: served,
      services: [],
      ingresses: [live],
      nodeAddress: undefined,
      isServing: true,
    });
    assert.equal(first && `${first.host}:${first.port}`, expected);
    assert.equal(first?.scope, expected && "ingress");
  });
}

for (const [tls, option] of [
  [{ certSecretName: "a", mode: "opportunistic" }, ""],
  [{ certSecretName: "a", mode: "require" }, ",xprtsec=tls"],
  [{ certSecretName: "a", clientCASecretName: "b", mode: "require" }, ",xprtsec=mtls"],
] as const) {
  test(`the mount command for NFS with ${JSON.stringify(tls)} has the option "${option}"`, () => {
    const secured = aServer({ shares: [{ name: "/export" }], nfs: { ...defaultSpec.nfs, tls } });
    const [first] = endpoints({ server: secured, services, ingresses: [], nodeAddress: undefined, isServing: true });
    assert.equal(first?.mount, `mount -t nfs -o vers=4.1,port=2049${option} 10.252.0.7:/export /mnt`);
  });
}
