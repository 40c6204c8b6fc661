import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ObjectIndex } from "./object-index.ts";
import { configMap } from "./testing/config-map.ts";

const byApp = () => new ObjectIndex((object) => Object.values(object.metadata.labels ?? {}), assert.ifError);

describe("an index", () => {
  test("finds what was added under each of its values", () => {
    const index = byApp();
    index.move("n/a", undefined, configMap("a", 1, { labels: { one: "x", two: "y" } }));
    assert.deepEqual([...index.keys("x")], ["n/a"]);
    assert.deepEqual([...index.keys("y")], ["n/a"]);
  });

  test("follows an object whose value changes", () => {
    const index = byApp();
    const before = configMap("a", 1, { labels: { app: "x" } });
    index.move("n/a", undefined, before);
    index.move("n/a", before, configMap("a", 2, { labels: { app: "y" } }));
    assert.deepEqual([...index.keys("x")], []);
    assert.deepEqual([...index.keys("y")], ["n/a"]);
  });

  test("an object for which the indexer throws is told of and does no harm", () => {
    const defects: unknown[] = [];
    const index = new ObjectIndex(
      (object) => {
        if (object.metadata.name === "odd") throw new Error("odd");
        return ["all"];
      },
      (error) => defects.push(error),
    );
    const odd = configMap("odd", 1);
    index.move("n/odd", undefined, odd);
    index.move("n/a", undefined, configMap("a", 1));
    index.move("n/odd", odd, undefined);
    assert.deepEqual([...index.keys("all")], ["n/a"]);
    assert.equal(defects.length, 2);
  });

  test("holds nothing once its objects are gone (defect 12: no growth)", () => {
    const index = byApp();
    for (let round = 0; round < 1_000; round++) {
      const object = configMap("a", round, { labels: { app: `value-${round}` } });
      index.move("n/a", undefined, object);
      index.move("n/a", object, undefined);
    }
    assert.equal(index.size, 0);
  });
});
