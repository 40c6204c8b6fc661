import assert from "node:assert/strict";
import { test } from "node:test";
import { inertSettings, type ServiceSettings, serviceSettings } from "./service-settings.ts";

const port = { name: "nfs", port: 2049, targetPort: "nfs", protocol: "TCP" };
const everything: ServiceSettings = {
  loadBalancerClass: "example.com/internal",
  loadBalancerIP: "192.0.2.7",
  loadBalancerSourceRanges: ["192.0.2.0/24"],
  externalTrafficPolicy: "Local",
  internalTrafficPolicy: "Cluster",
  ipFamilies: ["IPv4"],
  ipFamilyPolicy: "SingleStack",
  nodePort: 30_049,
  allocateLoadBalancerNodePorts: false,
  sessionAffinity: "ClientIP",
};

const rows = [
  { type: "LoadBalancer", leftOut: [], because: "a load balancer knows everything" },
  {
    type: "NodePort",
    leftOut: ["loadBalancerClass", "loadBalancerIP", "loadBalancerSourceRanges", "allocateLoadBalancerNodePorts"],
    because: "there is no load balancer",
  },
  {
    type: "ClusterIP",
    leftOut: [
      "loadBalancerClass",
      "loadBalancerIP",
      "loadBalancerSourceRanges",
      "allocateLoadBalancerNodePorts",
      "externalTrafficPolicy",
      "nodePort",
    ],
    because: "nothing comes from outside",
  },
] as const;
for (const { type, leftOut, because } of rows) {
  test(`a Service of type ${type} gets what it knows, and the rest is named`, () => {
    const { ports, ...spec } = serviceSettings(type, everything, [port]);
    const got = new Set([...Object.keys(spec), ...Object.keys(ports?.[0] ?? {})]);
    for (const field of Object.keys(everything)) {
      assert.equal(got.has(field), !leftOut.some((each) => each === field), `${field}: ${because}`);
    }
    assert.deepEqual(inertSettings(type, everything), leftOut);
  });
}

test("what is not set is not sent, so that Kubernetes' own default or allocation stays", () => {
  assert.deepEqual(serviceSettings("LoadBalancer", {}, [port]), { type: "LoadBalancer", ports: [port] });
});
