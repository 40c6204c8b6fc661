import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parseOptions } from "./options.ts";

test("without flags the operator elects a leader, logs JSON and serves health on every address", () => {
  const parsed = parseOptions([]);
  assert.equal(parsed.kind, "options");
  assert.ok(parsed.kind === "options");
  assert.equal(parsed.options.leaderElection, "on");
  assert.deepEqual(parsed.options.log, { level: "info", format: "json" });
  assert.deepEqual(parsed.options.health, { host: "::", port: 8081 });
  assert.equal(parsed.options.workers, 4);
  assert.equal(parsed.options.dittofsAddress, undefined);
});

test("without flags every namespace is served, and with --namespaces each that is named, once", () => {
  const all = parseOptions([]);
  const some = parseOptions(["--namespaces", "a,b,a"]);
  assert.ok(all.kind === "options" && some.kind === "options");
  assert.deepEqual([all.options.namespaces, some.options.namespaces], [undefined, ["a", "b"]]);
});

test("its other program takes no flags", () => {
  assert.deepEqual(parseOptions(["wait-for-postgres"]), { kind: "waitForPostgres" });
  assert.equal(parseOptions(["wait-for-postgres", "--workers", "1"]).kind, "wrong");
});

test("its own image is the one that config/manager runs, unless told", () => {
  const parsed = parseOptions([]);
  assert.ok(parsed.kind === "options");
  assert.ok(readFileSync("config/manager/deployment.yaml", "utf8").includes(`image: ${parsed.options.image}\n`));
});

const wrong = [
  { args: ["--workers", "0"], names: /--workers/ },
  { args: ["--workers", "many"], names: /--workers/ },
  { args: ["--leader-election", "maybe"], names: /--leader-election takes on, off/ },
  { args: ["--log-level", "loud"], names: /--log-level/ },
  { args: ["--health", "8081"], names: /--health takes HOST:PORT/ },
  { args: ["--health", "localhost:99999"], names: /--health/ },
  { args: ["--dittofs-address", "nowhere"], names: /--dittofs-address/ },
  { args: ["--namespaces", "a, b"], names: /--namespaces takes names of namespaces; it got "a, b"/ },
  { args: ["--namespaces", ""], names: /--namespaces takes names of namespaces; it got ""/ },
  { args: ["--namespaces=,"], names: /--namespaces takes names of namespaces; it got ","/ },
  { args: ["--no-such-flag"], names: /no-such-flag/ },
];
for (const { args, names } of wrong) {
  test(`refuses ${args.join(" ")} and names the flag`, () => {
    const parsed = parseOptions(args);
    assert.ok(parsed.kind === "wrong");
    assert.match(parsed.problems.join("\n"), names);
  });
}

test("tells all problems at once", () => {
  const parsed = parseOptions(["--workers", "0", "--log-format", "xml"]);
  assert.ok(parsed.kind === "wrong");
  assert.equal(parsed.problems.length, 2);
});

test("an IPv6 address stands in brackets", () => {
  const parsed = parseOptions(["--health", "[::1]:9"]);
  assert.ok(parsed.kind === "options");
  assert.deepEqual(parsed.options.health, { host: "::1", port: 9 });
});

test("--help names every flag", () => {
  const parsed = parseOptions(["--help"]);
  assert.ok(parsed.kind === "help");
  for (const flag of ["--kubeconfig", "--health", "--workers", "--dittofs-address"])
    assert.ok(parsed.text.includes(flag));
});
