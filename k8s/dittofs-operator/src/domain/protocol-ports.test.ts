import assert from "node:assert/strict";
import { test } from "node:test";
import { containerPorts, protocolPorts } from "./protocol-ports.ts";
import { aServer, defaultSpec } from "./testing/a-server.ts";

test("clients find NFS and SMB on their standard ports, and the process needs no privileged one", () => {
  const { nfs, smb } = protocolPorts(aServer());
  assert.deepEqual([nfs.servicePort, nfs.containerPort], [2049, 12_049]);
  assert.deepEqual([smb.servicePort, smb.containerPort], [445, 12_445]);
});

test("the REST API has one port inside and outside", () => {
  const { api } = protocolPorts(aServer({ controlPlane: { port: 9000 } }));
  assert.deepEqual([api.servicePort, api.containerPort], [9000, 9000]);
});

test("the container declares a protocol that is switched off", () => {
  const server = aServer({ smb: { ...defaultSpec.smb, enabled: false } });
  assert.deepEqual(
    containerPorts(server).map(({ protocol }) => protocol),
    ["api", "nfs", "smb"],
  );
});

const clashes = [
  { name: "smb is off and on nfs's port", off: ["smb"], port: 12_049, declared: ["api", "nfs"] },
  { name: "nfs is off and on smb's port", off: ["nfs"], port: 12_445, declared: ["api", "smb"] },
  { name: "both are off and on the API's port", off: ["nfs", "smb"], port: 8080, declared: ["api"] },
];

for (const { name, off, port, declared } of clashes) {
  test(`the container declares no port twice when ${name}`, () => {
    const of = (protocol: "nfs" | "smb") => ({
      ...defaultSpec[protocol],
      ...(off.includes(protocol) && { enabled: false, containerPort: port }),
    });
    const server = aServer({ nfs: of("nfs"), smb: of("smb") });
    assert.deepEqual(
      containerPorts(server).map(({ protocol }) => protocol),
      declared,
    );
  });
}
