import assert from "node:assert/strict";
import { test } from "node:test";
import { aServer, defaultSpec } from "../testing/a-server.ts";
import { baselineNetworkPolicy } from "./baseline-network-policy.ts";

test("only the three ports of the server's own pod can be reached, from anywhere", () => {
  const [policy] = baselineNetworkPolicy(aServer());
  assert.equal(policy?.metadata.name, "files-baseline");
  assert.deepEqual(policy?.spec, {
    podSelector: { matchLabels: { app: "dittofs-server", instance: "files" } },
    policyTypes: ["Ingress"],
    ingress: [
      {
        ports: [
          { port: 8080, protocol: "TCP" },
          { port: 12_049, protocol: "TCP" },
          { port: 12_445, protocol: "TCP" },
        ],
      },
    ],
  });
});

test("a protocol that is switched off is closed", () => {
  const [policy] = baselineNetworkPolicy(aServer({ smb: { ...defaultSpec.smb, enabled: false } }));
  const ports = policy?.spec?.ingress?.[0]?.ports?.map(({ port }) => port);
  assert.deepEqual(ports, [8080, 12_049]);
});

test("there is no policy when the spec wants none", () => {
  assert.deepEqual(baselineNetworkPolicy(aServer({ networkPolicy: { enabled: false } })), []);
});
