import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { conditionTypes, reasons } from "../src/api/conditions.ts";
import { dittoServerSchema } from "../src/api/ditto-server-schema.ts";
import { KIND } from "../src/api/group.ts";
import { assertNone } from "./assert-none.ts";
import { documentedManifests, objectsOf, yamlBlocks } from "./documented-manifests.ts";

const isOfKind = (object: unknown, kind: string): object is { kind: string; metadata: { name: string } } =>
  typeof object === "object" && object !== null && "kind" in object && object.kind === kind;

for (const manifest of documentedManifests()) {
  test(`every DittoServer of ${manifest.where} is what the schema takes, without an unknown field`, () => {
    for (const object of objectsOf(manifest)) if (isOfKind(object, KIND)) dittoServerSchema.parse(object);
  });
}

test("every sample holds a server, and no two have one name", () => {
  const samples = documentedManifests().filter(({ where }) => where.startsWith("config/samples/"));
  const names = samples.map((sample) => {
    const server = objectsOf(sample).find((object) => isOfKind(object, KIND));
    assert.ok(server !== undefined, `${sample.where} has no ${KIND}`);
    return server.metadata.name;
  });
  assert.ok(names.length >= 3);
  assert.equal(new Set(names).size, names.length, names.join(", "));
});

test("a sample that names Secrets of its own brings them, with the keys that it names", () => {
  const objects = objectsOf({ where: "", yaml: readFileSync("config/samples/user-secrets.yaml", "utf8") });
  const server = dittoServerSchema.parse(objects.find((object) => isOfKind(object, KIND)));
  const { jwt, admin } = server.spec.identity;
  for (const ref of [jwt.secretRef, admin.passwordSecretRef]) {
    const secret = objects.find((object) => isOfKind(object, "Secret") && object.metadata.name === ref?.name);
    assert.ok(ref !== undefined && secret !== undefined);
    assert.match(JSON.stringify(secret), new RegExp(`"stringData":\\{.*"${ref.key}":`));
  }
});

test("the smallest sample is ten lines at most, as the README promises", () => {
  const lines = readFileSync("config/samples/minimal.yaml", "utf8").trimEnd().split("\n");
  assert.ok(lines.length <= 10, `it has ${lines.length}`);
});

test("the reference lists no reason and no condition that the operator never gives", () => {
  const sources = globSync("src/{domain,controller}/**/*.ts")
    .filter((file) => !file.endsWith(".test.ts"))
    .map((file) => readFileSync(file, "utf8"))
    .join("\n");
  const words = [...Object.keys(reasons), ...Object.keys(conditionTypes)];
  assertNone(words.filter((word) => !sources.includes(`"${word}"`) && !new RegExp(`\\b${word}:`).test(sources)));
});

test("a YAML block is found with its line and without its indentation, and other blocks are not", () => {
  const markdown = "Text\n\n- item\n  ```yaml\n  a: 1\n  b:\n    c: 2\n  ```\n\n```sh\nls\n```\n";
  assert.deepEqual(yamlBlocks("x.md", markdown), [{ where: "x.md:4", yaml: "a: 1\nb:\n  c: 2\n" }]);
});
