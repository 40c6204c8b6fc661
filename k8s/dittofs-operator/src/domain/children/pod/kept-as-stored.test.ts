import assert from "node:assert/strict";
import { test } from "node:test";
import { keptAsStored } from "./kept-as-stored.ts";

const rows: readonly { readonly because: string; readonly before: unknown; readonly after: unknown }[] = [
  {
    because: "amounts of a container are quantities, numbers too",
    before: { resources: { limits: { memory: "1024Mi", cpu: 2 }, requests: { cpu: "1000m" } } },
    after: { resources: { limits: { memory: "1Gi", cpu: "2" }, requests: { cpu: "1" } } },
  },
  {
    because: "so are the bound of an emptyDir, and what a resource is divided by",
    before: [{ emptyDir: { sizeLimit: "2048Mi" } }, { items: [{ resourceFieldRef: { divisor: "1000m" } }] }],
    after: [{ emptyDir: { sizeLimit: "2Gi" } }, { items: [{ resourceFieldRef: { divisor: "1" } }] }],
  },
  {
    because: "a text that only looks like a quantity stays",
    before: { env: [{ name: "sizeLimit", value: "1024Mi" }], csi: { volumeAttributes: { sizeLimit: "1024Mi" } } },
    after: { env: [{ name: "sizeLimit", value: "1024Mi" }], csi: { volumeAttributes: { sizeLimit: "1024Mi" } } },
  },
  {
    because: "the protocol is part of a port's key",
    before: { ports: [{ containerPort: 1 }, { containerPort: 2, protocol: "UDP" }] },
    after: {
      ports: [
        { containerPort: 1, protocol: "TCP" },
        { containerPort: 2, protocol: "UDP" },
      ],
    },
  },
  {
    because: "what is no quantity is the API server's to refuse, with its field",
    before: { resources: { limits: { memory: "much" }, requests: "none" } },
    after: { resources: { limits: { memory: "much" }, requests: "none" } },
  },
];

for (const { because, before, after } of rows) {
  test(because, () => {
    assert.deepEqual(keptAsStored(before), after);
    assert.deepEqual(keptAsStored(after), after, "a second time changes nothing");
  });
}
