import assert from "node:assert/strict";
import { test } from "node:test";
import { aServer, defaultSpec } from "../testing/a-server.ts";
import { baselineNetworkPolicy as policyIn } from "./baseline-network-policy.ts";

const baselineNetworkPolicy = (server: ReturnType<typeof aServer>) => policyIn({ server, operatorNamespace: "op" });

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

const operator = {
  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "op" } },
  podSelector: { matchLabels: { "app.kubernetes.io/name": "dittofs-operator" } },
};
const from = (server: ReturnType<typeof aServer>) =>
  Object.fromEntries(
    (baselineNetworkPolicy(server)[0]?.spec?.ingress ?? []).flatMap((rule) =>
      (rule.ports ?? []).map(({ port }) => [port, rule.from]),
    ),
  );

test("the addresses of a protocol's clients and the peers of all are let in there, and the operator beside them (measured A3)", () => {
  const block = { ipBlock: { cidr: "192.0.2.0/24" } };
  const pods = { podSelector: { matchLabels: { app: "web" } } };
  const server = aServer({
    nfs: { ...defaultSpec.nfs, allowedClients: ["192.0.2.0/24"] },
    networkPolicy: { enabled: true, from: [pods] },
  });
  assert.deepEqual(from(server), { 8080: undefined, 12049: [block, pods, operator], 12445: [pods, operator] });
});

test("the API is closed for all but its peers and the operator, the metrics for all but theirs", () => {
  const everywhere = { namespaceSelector: {} };
  const block = { ipBlock: { cidr: "192.0.2.0/24", except: ["192.0.2.1/32"] } };
  const server = aServer({
    metrics: { enabled: true, port: 9090, path: "/metrics" },
    networkPolicy: { enabled: true, apiFrom: [block], metricsFrom: [everywhere] },
  });
  assert.deepEqual(from(server), {
    8080: [block, operator],
    9090: [everywhere],
    12049: undefined,
    12445: undefined,
  });
});

test("an empty list of peers lets everybody in, as one that is left out", () => {
  assert.deepEqual(
    baselineNetworkPolicy(aServer({ networkPolicy: { enabled: true, from: [], apiFrom: [] } })),
    baselineNetworkPolicy(aServer()),
  );
});
