import assert from "node:assert/strict";
import { test } from "node:test";
import { aServer } from "../testing/a-server.ts";
import { aPass, aServingWorld } from "../testing/a-world.ts";
import type { World } from "../world.ts";
import { reachable } from "./reachable.ts";

type Row = { readonly name: string; readonly before: Partial<World>; readonly after: string; readonly because: string };

const { children } = aServingWorld();
const pending = { ...children, services: children.services.map(({ status: _, ...service }) => service) };
const createdMs = Date.parse("2026-01-01T00:00:00Z");
const patience = (changes: { fallback?: "None" | "NodePort"; fallbackAfterSeconds?: number }) =>
  aServer({ loadBalancer: { fallback: "NodePort", fallbackAfterSeconds: 120, ...changes } });
const addressRows: readonly Row[] = [
  {
    name: "a load balancer gets its time",
    before: { children: pending, nowMs: createdMs + 119_000 },
    after: "False/LoadBalancerPending",
    because: "clouds take a while",
  },
  {
    name: "without a load balancer in time node ports count",
    before: { children: pending, nowMs: createdMs + 120_000 },
    after: "True/NodePortFallback",
    because: "clients can mount through a node",
  },
  {
    name: "the patience is the user's to set",
    before: { server: patience({ fallbackAfterSeconds: 10 }), children: pending, nowMs: createdMs + 11_000 },
    after: "True/NodePortFallback",
    because: "a bare cluster need not wait",
  },
  {
    name: "without a fallback an address is awaited for ever",
    before: { server: patience({ fallback: "None" }), children: pending, nowMs: createdMs + 900_000 },
    after: "False/LoadBalancerPending",
    because: "the user said so",
  },
];

for (const { name, before, after, because } of addressRows) {
  test(name, () => {
    const { status, reason } = reachable(aPass(aServingWorld(before)));
    assert.equal(`${status}/${reason}`, after, because);
  });
}
