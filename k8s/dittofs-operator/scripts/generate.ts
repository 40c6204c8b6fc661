import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { customResourceDefinition } from "./generate/crd.ts";
import { firstDifference } from "./generate/first-difference.ts";
import { generatedFiles } from "./generate/generated-files.ts";
import { structuralFaults } from "./generate/structural-faults.ts";

/**
 * Writes every file that is made from the sources: the CustomResourceDefinition, the RBAC manifests and the reference.
 * With `--check` it writes nothing, prints what differs and exits with 1.
 */
const root = join(import.meta.dirname, "..");
const isCheck = process.argv.includes("--check");

const { spec, status } = customResourceDefinition.spec.versions[0].schema.openAPIV3Schema.properties;
const faults = [
  ...structuralFaults(spec).map((fault) => `spec${fault}`),
  ...structuralFaults(status).map((fault) => `status${fault}`),
];
const problems = isCheck ? [...faults, ...generatedFiles().flatMap(drift)] : faults;

if (problems.length > 0) {
  console.error(problems.join("\n"));
  process.exitCode = 1;
} else if (!isCheck) {
  for (const { path, content } of generatedFiles()) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
    console.log(path);
  }
}

function drift({ path, content }: { readonly path: string; readonly content: string }): readonly string[] {
  const difference = firstDifference(stored(path), content);
  return difference === undefined ? [] : [`${path}: ${difference}\n  Run: node scripts/generate.ts`];
}

function stored(path: string): string {
  try {
    return readFileSync(join(root, path), "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
    throw error;
  }
}
