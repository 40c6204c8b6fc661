import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { assertNone } from "./assert-none.ts";

const root = "../..";
const read = (file: string): string => readFileSync(file, "utf8");
// A clone may belong to somebody else than the one who tests it.
const tracked = execFileSync("git", ["-c", "safe.directory=*", "ls-files", "-z", root], { encoding: "utf8" })
  .split("\0")
  .filter(Boolean);
const documents = tracked.filter((file) => file.endsWith(".md") && existsSync(file));

/** The targets of a Makefile that have a line of help, with that line. */
const helped = new Map(
  Array.from(read("Makefile").matchAll(/^([a-z-]+):.*## (.+)$/gm), ([, target = "", help = ""]) => [target, help]),
);

test("the lock file names packages and no hosts, so that it installs from any registry", () => {
  assertNone(Array.from(read("package-lock.json").matchAll(/"resolved".*/g), ([line]) => line));
});

test("every package is pinned to one exact version", () => {
  const versions = Array.from(read("package.json").matchAll(/"([^"]+)": "([\^~><*][^"]*)"/g), ([line]) => line);
  assertNone(versions.filter((line) => !line.startsWith('"node":')));
});

test("every target of the Makefile has a line of help, and the root forwards all of them", () => {
  const phony = /^\.PHONY: (.*)$/m.exec(read("Makefile"))?.[1]?.split(" ") ?? [];
  assert.deepEqual([...helped.keys()], phony);
  const forwarded = /^targets := (.*)$/m.exec(read(join(root, "Makefile")))?.[1]?.split(" ");
  assert.deepEqual(forwarded, phony);
});

test("continuous integration runs exactly the README's test command", () => {
  const [, command] = /```sh\n(make test)\b.*\n/.exec(read(join(root, "README.md"))) ?? [];
  assert.equal(command, "make test");
  const run = join(root, ".ci/run");
  assert.match(read(run), /^#!\/usr\/bin\/env bash\n[\s\S]*\nexec make test\n$/);
  assert.ok((statSync(run).mode & 0o111) !== 0, ".ci/run is not executable");
});

test("every make target that a document names exists", () => {
  const named = documents.flatMap((file) => {
    const blocks = Array.from(read(file).matchAll(/```sh\n([\s\S]*?)```/g), ([, block = ""]) => block).join("\n");
    const inBlocks = blocks.matchAll(/^make ([a-z-]+)/gm);
    const inSentences = read(file).matchAll(/`make ([a-z-]+)[^`]*`/g);
    return [...inBlocks, ...inSentences].map(([, target = ""]) => ({ file, target }));
  });
  assert.ok(named.length > 0, "no document names a make target");
  assertNone(named.filter(({ target }) => !helped.has(target)).map(({ file, target }) => `${file}: make ${target}`));
});

test("every relative link in a document leads to a file of the repository", () => {
  const faults = documents.flatMap((file) => {
    const links = Array.from(read(file).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g), ([, link = ""]) => link);
    const relative = links.filter((link) => !/^[a-z]+:/.test(link));
    return relative.filter((link) => !existsSync(join(dirname(file), link))).map((link) => `${file}: ${link}`);
  });
  assertNone(faults);
});

test("decisions are numbered without a gap and each says context, decision and consequences", () => {
  const decisions = documents.filter((file) => /docs\/adr\/\d{4}-.*\.md$/.test(file)).toSorted();
  assert.deepEqual(
    decisions.map((file) => Number(/(\d{4})-/.exec(file)?.[1])),
    decisions.map((_, index) => index + 1),
  );
  assertNone(
    decisions.filter(
      (file) => !/^# [\s\S]*\n## Context\n[\s\S]*\n## Decision\n[\s\S]*\n## Consequences\n/.test(read(file)),
    ),
  );
});

test("every shell script can be read by bash", () => {
  const scripts = tracked.filter((file) => existsSync(file) && /^#!.*\b(ba)?sh\n|^# shellcheck shell/.test(read(file)));
  assert.ok(scripts.length > 0, "no shell script is found");
  assertNone(
    scripts.map((file) => {
      const { status, stderr } = spawnSync("bash", ["-n", file], { encoding: "utf8" });
      return status === 0 ? undefined : stderr.trim();
    }),
  );
});

test("no tracked file is a binary, or too large to be read in a review", () => {
  const faults = tracked.filter((file) => {
    if (!existsSync(file)) return false;
    const content = readFileSync(file);
    return content.includes(0) || content.length > 500_000;
  });
  assertNone(faults);
});
