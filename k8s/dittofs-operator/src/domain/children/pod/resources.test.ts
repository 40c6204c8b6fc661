import assert from "node:assert/strict";
import { test } from "node:test";
import { aServer } from "../../testing/a-server.ts";
import { goMemoryLimit, resources } from "./resources.ts";

test("amounts are written as the API server would, numbers too", () => {
  const server = aServer({
    resources: { limits: { memory: "1024Mi", cpu: 2 }, requests: { cpu: "1500m", memory: "0.5Gi" } },
  });
  assert.deepEqual(resources(server), {
    limits: { memory: "1Gi", cpu: "2" },
    requests: { cpu: "1500m", memory: "512Mi" },
  });
});

const empties = [{}, { resources: {} }, { resources: { limits: {}, requests: {} } }];

for (const changes of empties) {
  test(`${JSON.stringify(changes)} wants no resources at all`, () =>
    assert.equal(resources(aServer(changes)), undefined));
}

test("limits alone are possible", () => {
  assert.deepEqual(resources(aServer({ resources: { limits: { memory: "1Gi" } } })), { limits: { memory: "1Gi" } });
});

const softLimits = [
  { limit: "512Mi", value: "348MiB" },
  { limit: "1Gi", value: "696MiB" },
  { limit: "1G", value: "648MiB" },
  { limit: 1_073_741_824, value: "696MiB" },
];

for (const { limit, value } of softLimits) {
  test(`a memory limit of ${limit} gives the Go runtime ${value} (measured A4)`, () => {
    const server = aServer({ resources: { limits: { memory: limit } } });
    assert.deepEqual(goMemoryLimit(server), [{ name: "GOMEMLIMIT", value }]);
  });
}

test("without a memory limit the Go runtime gets none", () => {
  assert.deepEqual(goMemoryLimit(aServer()), []);
  assert.deepEqual(goMemoryLimit(aServer({ resources: { limits: { cpu: 1 }, requests: { memory: "1Gi" } } })), []);
});
