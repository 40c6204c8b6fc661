import assert from "node:assert/strict";
import { test } from "node:test";
import { type DemoOptions, demoOptions } from "./demo-options.ts";

const plain: DemoOptions = { cluster: "lab", keeps: false, image: undefined };

const good: readonly (readonly [environment: Readonly<Record<string, string>>, DemoOptions, because: string])[] = [
  [{}, plain, "nothing is asked for"],
  [{ CLUSTER: "", KEEP: "", IMAGE: "" }, plain, "make passes empty variables on"],
  [{ KEEP: "1" }, { ...plain, keeps: true }, "the lab stays"],
  [{ KEEP: "0" }, plain, "0 is no"],
  [
    { CLUSTER: "current", IMAGE: "a/b:c" },
    { cluster: "current", keeps: false, image: "a/b:c" },
    "an image of one's own",
  ],
];

const wrong: readonly (readonly [environment: Readonly<Record<string, string>>, says: RegExp])[] = [
  [{ CLUSTER: "kind" }, /CLUSTER takes "current".*it got "kind"/],
  [{ KEEP: "yes" }, /KEEP takes 1.*it got "yes"/],
  [{ IMAGE: "a/b:c" }, /IMAGE goes with CLUSTER=current/],
];

test("the variables say which cluster, what stays and which image", () => {
  for (const [environment, expected, because] of good) assert.deepEqual(demoOptions(environment), expected, because);
});

test("a variable that cannot be meant is refused with what it takes", () => {
  for (const [environment, says] of wrong) assert.throws(() => demoOptions(environment), says);
});
