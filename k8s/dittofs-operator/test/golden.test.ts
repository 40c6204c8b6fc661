import { deepEqual } from "node:assert/strict";
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { test } from "node:test";
import { parseAllDocuments } from "yaml";
import * as z from "zod";
import { childYaml } from "../scripts/child-yaml.ts";
import { firstPlan } from "../scripts/first-plan.ts";
import { serverDocuments } from "../scripts/server-documents.ts";
import { dittoServerSchema } from "../src/api/ditto-server-schema.ts";
import { defaultSpec } from "../src/domain/testing/a-server.ts";
import { assertNone } from "./assert-none.ts";

/**
 * What each sample and variant gets, as files for reviewers to read. `UPDATE_GOLDEN=1 node test/golden.test.ts` writes
 * them anew; the change then shows in the diff of the commit.
 */
const expectedFolder = "test/golden/expected";
const manifests = globSync(["config/samples/*.yaml", "test/golden/variants/*.yaml"]).toSorted();
const updates = process.env["UPDATE_GOLDEN"] === "1";

function plannedFiles(manifest: string): ReadonlyMap<string, string> {
  const { servers, problems } = serverDocuments(readFileSync(manifest, "utf8"));
  assertNone(problems.map(({ line, field, message }) => `${manifest}:${line}: ${field}: ${message}`));
  const folder = `${expectedFolder}/${basename(manifest, ".yaml")}`;
  const children = servers.flatMap((server) => firstPlan(server).children);
  return new Map(
    children.map((child) => [`${folder}/${child.kind.toLowerCase()}-${child.metadata.name}.yaml`, childYaml(child)]),
  );
}

if (updates) {
  rmSync(expectedFolder, { recursive: true, force: true });
  for (const [file, text] of manifests.flatMap((manifest) => [...plannedFiles(manifest)])) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

const remedy = "if this is meant: UPDATE_GOLDEN=1 node test/golden.test.ts";

for (const manifest of manifests) {
  test(`${manifest} is planned as its golden files say`, () => {
    const planned = plannedFiles(manifest);
    const files = globSync(`${expectedFolder}/${basename(manifest, ".yaml")}/*.yaml`);
    deepEqual(files.toSorted(), [...planned.keys()].toSorted(), `other objects than the golden files; ${remedy}`);
    for (const [file, text] of planned)
      deepEqual(text.split("\n"), readFileSync(file, "utf8").split("\n"), `${file}; ${remedy}`);
  });
}

test("every folder of golden files belongs to a sample or variant", () => {
  const names = new Set(manifests.map((manifest) => basename(manifest, ".yaml")));
  assertNone(globSync(`${expectedFolder}/*`).filter((folder) => !names.has(basename(folder))));
});

test("no sample has the name of a variant, whose golden files it would share", () => {
  deepEqual(new Set(manifests.map((manifest) => basename(manifest))).size, manifests.length);
});

/** Fields that shape what the DittoFS API is asked for, or when, and no Kubernetes object. */
const withoutObjects = /^(shares|stores|groups|snapshotPolicies|adapterDiscovery|nfs\.settings|smb\.settings)\b/;

test("every field of the spec that shapes an object is used in a sample or variant", () => {
  const used = new Set(
    manifests.flatMap((manifest) =>
      parseAllDocuments(readFileSync(manifest, "utf8")).flatMap((document) => writtenFields(document.toJS())),
    ),
  );
  const schema = z.toJSONSchema(dittoServerSchema.shape.spec, { unrepresentable: "any", io: "input" });
  assertNone(schemaFields(schema).filter((field) => !withoutObjects.test(field) && !used.has(field)));
});

type Node = { readonly properties?: Readonly<Record<string, Node>> };

function schemaFields(schema: object): readonly string[] {
  const { properties = {} } = schema as Node; // what JSON Schema calls an object's fields
  return Object.entries(properties).flatMap(([name, child]) => {
    const below = schemaFields(child);
    return below.length === 0 ? [name] : below.map((field) => `${name}.${field}`);
  });
}

function writtenFields(document: unknown): readonly string[] {
  return paths(isObject(document) && isObject(document["spec"]) ? document["spec"] : {});
}

function paths(value: object): readonly string[] {
  return Object.entries(value).flatMap(([name, child]) => [
    name,
    ...(isObject(child) ? paths(child).map((path) => `${name}.${path}`) : []),
  ]);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

test("the fixture of the domain's tests has the schema's defaults", () => {
  deepEqual(defaultSpec, dittoServerSchema.shape.spec.parse({}));
});
