import assert from "node:assert/strict";
import { test } from "node:test";
import { aServer, defaultSpec } from "./testing/a-server.ts";
import { clientAddressWarnings } from "./warnings/client-address-warnings.ts";
import { metricsWarnings } from "./warnings/metrics-warnings.ts";

const { nfs, smb } = defaultSpec;
const listed = { ...nfs, allowedClients: ["192.0.2.0/24"] };
const block = { ipBlock: { cidr: "192.0.2.0/24" } };
const rows = [
  { spec: { nfs }, warned: undefined, because: "no address is asked for" },
  { spec: { nfs: listed }, warned: /externalTrafficPolicy to Local/, because: "a Service hides addresses by default" },
  {
    spec: { nfs: { ...listed, service: { externalTrafficPolicy: "Local" } } },
    warned: undefined,
    because: "Local keeps the address",
  },
  {
    spec: { nfs: { ...listed, service: { type: "ClusterIP" } } },
    warned: undefined,
    because: "inside the cluster nothing hides it",
  },
  {
    spec: { networkPolicy: { enabled: true, from: [block] }, smb: { ...smb, enabled: false } },
    warned: /from\[\]\.ipBlock: .*spec\.nfs\.service/,
    because: "peers may be addresses too",
  },
  {
    spec: { networkPolicy: { enabled: true, from: [{ podSelector: {} }] } },
    warned: undefined,
    because: "pods are known by more than an address",
  },
  {
    spec: { nfs: listed, networkPolicy: { enabled: false } },
    warned: /only the load balancer, where it can, keeps others away/,
    because: "without the policy only the load balancer filters",
  },
  {
    spec: { nfs: { ...listed, service: { type: "NodePort" } }, networkPolicy: { enabled: false } },
    warned: /nothing keeps others away/,
    because: "a node port filters nothing",
  },
] as const;

for (const { spec, warned, because } of rows) {
  test(`${JSON.stringify(spec)} is ${warned ? "warned about" : "good"}, because ${because}`, () => {
    const found = clientAddressWarnings(aServer(spec));
    if (warned === undefined) assert.deepEqual(found, []);
    else assert.match(found.join("\n"), warned);
  });
}

test("a ServiceMonitor is warned about while the cluster does not know its kind, or there are no metrics", () => {
  const warned = (enabled: boolean, kinds: readonly "ServiceMonitor"[]) =>
    metricsWarnings({
      server: aServer({ metrics: { enabled, port: 9090, path: "/metrics", serviceMonitor: { enabled: true } } }),
      servedKinds: new Set(kinds),
    }).join();
  assert.match(warned(true, []), /servicemonitors\.monitoring\.coreos\.com/);
  assert.equal(warned(true, ["ServiceMonitor"]), "");
  assert.match(warned(false, ["ServiceMonitor"]), /no effect/);
});
