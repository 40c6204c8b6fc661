import assert from "node:assert/strict";
import { test } from "node:test";
import type { Service } from "kubernetes-types/core/v1";
import { portmapperWarnings } from "../auxiliary-ports.ts";
import { aServer, defaultSpec } from "../testing/a-server.ts";
import { adapterServices } from "./adapter-services.ts";
import { auxiliaryService } from "./auxiliary-service.ts";
import { baselineNetworkPolicy } from "./baseline-network-policy.ts";

const withSettings = (settings: { readonly portmapper?: boolean; readonly udp?: boolean }, more: object = {}) =>
  aServer({ smb: { ...defaultSpec.smb, enabled: false }, nfs: { ...defaultSpec.nfs, settings, ...more } });
const portsOf = (service: Pick<Service, "spec"> | undefined) =>
  service?.spec?.ports?.map(({ name, protocol, port, targetPort }) => `${name} ${protocol} ${port}->${targetPort}`);
const policyPorts = (server: ReturnType<typeof aServer>) =>
  baselineNetworkPolicy({ server, operatorNamespace: "operators" })[0]?.spec?.ingress?.flatMap(({ ports = [] }) =>
    ports.map(({ port, protocol }) => `${protocol} ${port}`),
  );

test("a portmapper is reached over both transports, each in a Service of its own", () => {
  const server = withSettings({ portmapper: true });
  const [nfs] = adapterServices(server);
  assert.deepEqual(portsOf(nfs), ["nfs TCP 2049->nfs", "portmap TCP 111->10111"]);
  const [aux] = auxiliaryService(server);
  assert.equal(aux?.metadata.name, "files-adapter-nfs-aux");
  assert.deepEqual(portsOf(aux), ["portmap-udp UDP 111->10111"]);
  assert.deepEqual(policyPorts(server), ["TCP 8080", "TCP 12049", "TCP 10111", "UDP 10111"]);
});

test("mounts and locks over UDP have the number of NFS's own port", () => {
  const server = withSettings({ udp: true });
  assert.deepEqual(portsOf(auxiliaryService(server)[0]), ["nfs-udp UDP 2049->12049"]);
  assert.deepEqual(policyPorts(server), ["TCP 8080", "TCP 12049", "UDP 12049"]);
});

test("without either, and while NFS is off, there is neither Service nor open port", () => {
  for (const server of [
    withSettings({}),
    withSettings({ portmapper: false, udp: false }),
    withSettings({ portmapper: true, udp: true }, { enabled: false }),
  ]) {
    assert.deepEqual(auxiliaryService(server), []);
    assert.ok(policyPorts(server)?.every((port) => port.startsWith("TCP") && !port.endsWith("10111")));
  }
});

test("the Service is like that of NFS, but for the node port, which only one of them can have", () => {
  const service = { type: "NodePort", nodePort: 30_049, annotations: { a: "b" } } as const;
  const [aux] = auxiliaryService(withSettings({ udp: true }, { service }));
  assert.equal(aux?.spec?.type, "NodePort");
  assert.deepEqual(aux.metadata.annotations, { a: "b" });
  assert.equal(aux.spec.ports?.[0]?.nodePort, undefined);
});

test("a portmapper that announces another port than the Service has is worth a warning", () => {
  assert.match(portmapperWarnings(withSettings({ portmapper: true }))[0] ?? "", /set spec\.nfs\.port to 12049/);
  assert.deepEqual(portmapperWarnings(withSettings({ portmapper: true }, { port: 12_049 })), []);
  assert.deepEqual(portmapperWarnings(withSettings({ udp: true })), []);
});
