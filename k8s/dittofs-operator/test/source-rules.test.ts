import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { test } from "node:test";
import { assertNone } from "./assert-none.ts";
import { unexplainedTypes } from "./unexplained-types.ts";

const files = globSync("{src,double,lab,test,scripts}/**/*.ts");
const sources = files.filter((file) => !file.endsWith(".test.ts"));
const lineCount = (file: string): number => readFileSync(file, "utf8").trimEnd().split("\n").length;

test("every cast, every any and every non-null assertion says its reason on its line", () => {
  const faults = files.flatMap((file) =>
    unexplainedTypes(readFileSync(file, "utf8")).map(({ line, text }) => `${file}:${line}: ${text}`),
  );
  assertNone(faults);
});

test("nobody asks a Date what time it is: the Clock is an argument", () => {
  const faults = files
    .filter((file) => file.startsWith("src/") && file !== "src/runtime/system-clock.ts")
    .flatMap((file) => {
      const lines = readFileSync(file, "utf8").split("\n");
      return lines.flatMap((line, index) =>
        /\bnew Date\(\)/.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [],
      );
    });
  assertNone(faults);
});

test("files are in kebab-case and named after the one thing they hold", () => {
  const vague = new Set(["utils", "util", "helpers", "helper", "common", "manager", "types", "misc", "index"]);
  const faults = files.filter((file) => {
    const name = basename(file).replace(/(\.[a-z-]+)?(\.test)?\.ts$/, "");
    return vague.has(name) || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name);
  });
  assertNone(faults);
});

test("half of the source files are shorter than 100 lines", () => {
  const sizes = sources.filter((file) => file.startsWith("src/")).map(lineCount);
  const median = sizes.toSorted((a, b) => a - b)[Math.floor(sizes.length / 2)] ?? 0;
  assert.ok(median < 100, `the median file of src has ${median} lines`);
});

test("no comment promises work for later", () => {
  const word = ["TO", "DO|FIX", "ME|X", "XX"].join("");
  const mark = new RegExp(`(//|\\*).*\\b(${word})\\b`);
  const faults = files.flatMap((file) => {
    const lines = readFileSync(file, "utf8").split("\n");
    return lines.flatMap((line, index) => (mark.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : []));
  });
  assertNone(faults);
});

test("an unexplained cast, any or assertion is found, whatever stands around it", () => {
  const rows: readonly (readonly [source: string, finds: number, because: string])[] = [
    ["const a = b as Foo;", 1, "a cast"],
    ["const a = b as Foo; // the server says so", 0, "its reason stands there"],
    ["const a = (b as Foo) + (c as Bar);", 2, "two casts on a line"],
    ["const a = JSON.parse(b) as unknown;", 0, "to know less is no assertion"],
    ["const a = b as unknown as Foo;", 1, "a cast by way of unknown"],
    ["const a = b as const;", 0, "as const asserts nothing"],
    ["const a = b satisfies Foo;", 0, "satisfies is checked"],
    ["const a = b!.c;", 1, "a non-null assertion"],
    ["const a = b! as Foo;", 1, "both at once"],
    ["class A { b!: string; }", 0, "a definite assignment declares, it asserts nothing about a value"],
    ["function f(a: any): void {}", 1, "an any parameter"],
    ["type A = { b: any };", 1, "an any in a type"],
    ['type A = "any" | "none";', 0, "a string"],
    ["type A = {\n  /** any more */\n  b: string;\n};", 0, "a word in a comment"],
    ['const a = "b as c!";', 0, "a string"],
    ['import type { A as B } from "c";', 0, "a renamed import"],
    ['import { a as b } from "c";', 0, "a renamed import"],
    ["const a = !b;", 0, "a negation"],
  ];
  for (const [source, finds, because] of rows) {
    assert.equal(unexplainedTypes(source).length, finds, `${source}: ${because}`);
  }
});
