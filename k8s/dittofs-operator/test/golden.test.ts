import { deepEqual } from "node:assert/strict";
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { test } from "node:test";
import { childYaml } from "../scripts/child-yaml.ts";
import { firstPlan } from "../scripts/first-plan.ts";
import { serverDocuments } from "../scripts/server-documents.ts";
import { dittoServerSchema } from "../src/api/ditto-server-schema.ts";
import { defaultSpec } from "../src/domain/testing/a-server.ts";
import { assertNone } from "./assert-none.ts";
import { goldenFiles } from "./golden/golden-inputs.ts";

/**
 * What each sample and variant gets, as files for reviewers to read. `UPDATE_GOLDEN=1 node test/golden.test.ts` writes
 * them anew; the change then shows in the diff of the commit.
 */
const expectedFolder = "test/golden/expected";
const manifests = goldenFiles;
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

test("the fixture of the domain's tests has the schema's defaults", () => {
  deepEqual(defaultSpec, dittoServerSchema.shape.spec.parse({}));
});
