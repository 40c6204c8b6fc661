import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { DelayHeap } from "./delay-heap.ts";

const key = fc.constantFrom("a", "b", "c", "d", "e", "f", "g", "h");
const operation = fc.oneof(
  { weight: 4, arbitrary: fc.record({ op: fc.constant("keepEarliest" as const), key, dueMs: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant("remove" as const), key }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant("takeFirst" as const) }) },
);

test("behaves as a sorted list of the earliest due time per key, after any sequence of changes", () => {
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 100 }), (operations) => {
      const heap = new DelayHeap<string>();
      let model: { key: string; dueMs: number }[] = [];
      for (const step of operations) {
        const first = model[0];
        if (step.op === "keepEarliest") {
          heap.keepEarliest(step.key, step.dueMs);
          const present = model.find((entry) => entry.key === step.key);
          if (present === undefined || present.dueMs > step.dueMs) {
            model = model.filter((entry) => entry !== present);
            model.push({ key: step.key, dueMs: step.dueMs });
            model.sort((a, b) => a.dueMs - b.dueMs);
          }
        } else {
          const removed = step.op === "remove" ? step.key : first?.key;
          if (removed !== undefined) heap.remove(removed);
          model = model.filter((entry) => entry.key !== removed);
        }
        assert.equal(heap.size, model.length);
        assert.equal(heap.first()?.key, model[0]?.key);
        assert.equal(heap.first()?.dueMs, model[0]?.dueMs);
      }
    }),
    { numRuns: 500 },
  );
});

test("ten thousand keys come out in the order of their due times", () => {
  const heap = new DelayHeap<number>();
  for (let index = 0; index < 10_000; index++) heap.keepEarliest(index, (index * 7_919) % 10_007);
  let lastMs = -1;
  for (let first = heap.first(); first !== undefined; first = heap.first()) {
    assert.ok(first.dueMs > lastMs);
    lastMs = first.dueMs;
    heap.remove(first.key);
  }
  assert.equal(heap.size, 0);
});

test("a cleared heap is empty and takes keys again", () => {
  const heap = new DelayHeap<string>();
  heap.keepEarliest("a", 1);
  heap.clear();
  assert.equal(heap.first(), undefined);
  heap.keepEarliest("a", 9);
  assert.equal(heap.first()?.dueMs, 9);
});
