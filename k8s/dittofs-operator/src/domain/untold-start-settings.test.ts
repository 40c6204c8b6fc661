import assert from "node:assert/strict";
import { test } from "node:test";
import type { DittoServerSpec } from "../api/ditto-server.ts";
import type { DittoFsSeen } from "./dittofs-seen.ts";
import { plan } from "./plan.ts";
import { aServer } from "./testing/a-server.ts";
import { anAnswer, aServingWorld } from "./testing/a-world.ts";

const storage = { metadataSize: "5Gi", contentSize: "20Gi", accessMode: "ReadWriteOnce" } as const;
const plain = { shares: [{ name: "/a" }] } as const;
const encrypted = { shares: [{ name: "/a", encryptData: true }] } as const;
const cached = {
  ...plain,
  stores: { metadata: [{ name: "default", type: "badger", badger: { blockCacheMB: 128 } }] },
} as const;

/** What the process of the ready pod has loaded for the first of these. */
const loaded = {
  process: "pod-1/0",
  digests: { "/a": "" },
  settings: { "metadataStore default": "" },
  removedStores: [],
};
const answered = (generation: number, changes = {}) => anAnswer({ generation, loadedShares: loaded, ...changes });

const rows: readonly {
  readonly name: string;
  readonly because: string;
  readonly spec: Partial<DittoServerSpec>;
  readonly dittofs: DittoFsSeen;
  readonly isHeld: boolean;
}[] = [
  {
    name: "a rollout waits for a setting of a share",
    because: "told before, it is loaded by the same start",
    spec: encrypted,
    dittofs: answered(1),
    isHeld: true,
  },
  {
    name: "a rollout waits for a setting of a metadata store",
    because: "told before, it is read by the same start",
    spec: cached,
    dittofs: answered(1),
    isHeld: true,
  },
  {
    name: "a rollout waits while the change waits for the status",
    because: "it is made as soon as that is written",
    spec: encrypted,
    dittofs: answered(2, { awaitsNote: true }),
    isHeld: true,
  },
  {
    name: "a rollout goes on when the server has answered about this spec",
    because: "it was told, or said why not",
    spec: encrypted,
    dittofs: answered(2),
    isHeld: false,
  },
  {
    name: "a rollout goes on at once when shares are as they were loaded",
    because: "there is nothing to tell",
    spec: plain,
    dittofs: answered(1),
    isHeld: false,
  },
  {
    name: "a rollout goes on for a new share",
    because: "the process loads it when it makes it",
    spec: { shares: [{ name: "/a" }, { name: "/b", encryptData: true }] },
    dittofs: answered(1),
    isHeld: false,
  },
  {
    name: "a rollout does not wait for a server that does not answer",
    because: "it may be what mends it",
    spec: encrypted,
    dittofs: { kind: "unreachable", sinceMs: 0, message: "" },
    isHeld: false,
  },
  {
    name: "a rollout waits also before a new operator has asked",
    because: "the status tells what the process has loaded",
    spec: encrypted,
    dittofs: { kind: "notAsked", because: "operatorStarted" },
    isHeld: true,
  },
];

for (const { name, because, spec, dittofs, isHeld } of rows) {
  test(`${name}, because ${because}`, () => {
    const bare = aServer({ storage, ...spec, logging: { level: "DEBUG", format: "json", output: "stdout" } });
    const { removedStores: _, ...noted } = loaded;
    const server = {
      ...bare,
      metadata: { ...bare.metadata, generation: 2 },
      status: { applied: { loadedShares: noted } },
    };
    const world = aServingWorld({ dittofs });
    const children = plan({ ...world, server }, () => "fresh").children;
    const statefulSet = children.find(({ kind }) => kind === "StatefulSet");
    assert.equal(statefulSet === undefined, isHeld);
  });
}
