import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { bundle } from "../scripts/bundle.ts";
import { assertNone } from "./assert-none.ts";
import type { Import } from "./import-graph.ts";
import { importsIn, importsOf, runtimePath } from "./import-graph.ts";

/** What a folder of src may import: folders of src, folders of src for their types only, and packages. */
type Rule = { readonly folders: readonly string[]; readonly types?: readonly string[]; readonly packages: RegExp };

const none = /^$/;
const allFolders = ["api", "cli", "controller", "dittofs", "domain", "kubernetes", "outside", "postgres", "runtime"];
const adapter = { types: ["outside", "runtime"], packages: /^(node:.*|zod\/mini)$/ };
const rules: Readonly<Record<string, Rule>> = {
  api: { folders: ["api"], packages: /^zod(\/mini)?$/ },
  runtime: { folders: ["runtime"], packages: /^(node:.*|pino|prom-client)$/ },
  domain: { folders: ["domain", "api"], packages: /^(yaml|node:crypto)$/ },
  outside: { folders: ["outside"], types: ["api", "runtime"], packages: none },
  kubernetes: { ...adapter, folders: ["kubernetes"], packages: /^(node:.*|zod\/mini|@kubernetes\/client-node)$/ },
  dittofs: { ...adapter, folders: ["dittofs"] },
  postgres: { folders: ["postgres"], types: ["runtime"], packages: /^(node:fs(\/promises)?|pg)$/ },
  controller: { folders: ["controller", "domain", "runtime", "outside", "api"], packages: /^node:crypto$/ },
  main: { folders: [...allFolders, "main"], packages: /./ },
  cli: { folders: allFolders, packages: /./ },
};

const isTest = (file: string): boolean => file.endsWith(".test.ts") || file.includes("/testing/");
const sources = globSync("src/**/*.ts").filter((file) => !isTest(file));
const everything = globSync("{src,double,lab,test,scripts}/**/*.ts");
const importsByFile: ReadonlyMap<string, readonly Import[]> = new Map(
  everything.map((file) => [file, importsOf(file)]),
);

/** `src/domain/plan.ts` is in `domain`, `src/outside.ts` in `outside`; the other files at the top of src join the parts as `main.ts` does. */
function folderOf(file: string): string {
  if (/^src\/[^/]+$/.test(file)) return file === "src/outside.ts" ? "outside" : "main";
  return file.replace(/^src\//, "").replace(/\/.*/, "");
}

function verdict({ from, to, isTypeOnly }: Import): string | undefined {
  const rule = rules[folderOf(from)];
  if (rule === undefined) return `${from}: no rule says what this folder of src may import`;
  if (to.startsWith("kubernetes-types/")) {
    return isTypeOnly ? undefined : `${from} -> ${to}: Kubernetes types come with "import type"`;
  }
  const isPackage = !to.endsWith(".ts");
  const isAllowed = isPackage
    ? rule.packages.test(to)
    : to.startsWith("src/") &&
      !isTest(to) &&
      (rule.folders.includes(folderOf(to)) || (isTypeOnly && rule.types?.includes(folderOf(to)) === true));
  return isAllowed ? undefined : `${from} -> ${to}: ${folderOf(from)} may not import this`;
}

test("every folder of src imports only what its row in the table allows", () => {
  const imports = sources.flatMap((file) => importsByFile.get(file) ?? []);
  assertNone(imports.map(verdict));
});

test("every import names a file that exists, with its ending", () => {
  const files = new Set(everything);
  const own = [...importsByFile.values()].flat().filter(({ to }) => /^(src|double|lab|test|scripts)\//.test(to));
  const dangling = own.filter(({ to }) => !files.has(to) && !to.endsWith(".json"));
  assertNone(dangling.map(({ from, to }) => `${from} -> ${to}`));
});

test("the schema and its library stay out of the running operator: outside api they are imported as types", () => {
  const paths = sources
    .filter((file) => folderOf(file) !== "api")
    .map((file) => runtimePath(file, importsByFile, (target) => target === "zod")?.join(" -> "));
  assertNone(paths);
});

test("domain and controller take from node:crypto what digests and parses: randomness is an argument", () => {
  const allowed = {
    domain: ["createHash"],
    controller: ["createHash", "createPrivateKey", "createPublicKey", "type KeyObject", "X509Certificate"],
  };
  const others = Object.entries(allowed).flatMap(([folder, names]) =>
    sources
      .filter((file) => folderOf(file) === folder)
      .flatMap((file) => cryptoImports(file).map((name) => ({ file, name })))
      .filter(({ name }) => !names.includes(name)),
  );
  assertNone(others.map(({ file, name }) => `${file} takes ${name}`));
});

function cryptoImports(file: string): readonly string[] {
  const lines = Array.from(readFileSync(file, "utf8").matchAll(/^import (.*) from "node:crypto";$/gm));
  return lines.flatMap(([, names = ""]) => names.replace(/^\{ (.*) \}$/, "$1").split(", "));
}

test("the double knows of the operator nothing but its clock: it is the contract, not an image of the operator", () => {
  const files = everything.filter((file) => file.startsWith("double/") && !isTest(file));
  const imports = files.flatMap((file) => importsByFile.get(file) ?? []);
  const others = imports.filter(
    ({ to }) => to.startsWith("src/") && !/^src\/runtime\/(system-|manual-)?clock\.ts$/.test(to),
  );
  assertNone(others.map(({ from, to }) => `${from} -> ${to}`));
});

test("the operator's bundle holds zod/mini at most, and has files of their own for a kubeconfig and for PostgreSQL", async () => {
  const { metafile } = await bundle("operator");
  const inputs = Object.keys(metafile.inputs);
  assertNone(inputs.filter((file) => /node_modules\/zod\/(v3|v4\/classic)\//.test(file)));
  const [main] = Object.values(metafile.outputs).filter(({ entryPoint }) => entryPoint === "src/main.ts");
  const always = Object.keys(main?.inputs ?? {});
  assert.ok(always.includes("src/main.ts"));
  assertNone(always.filter((file) => /node_modules\/(@kubernetes|pg)\//.test(file)));
});

test("the import walker sees every form of import", () => {
  const source = [
    'import type { A } from "./a.ts";',
    "import {\n  b,\n  c,\n} from '../b.ts';".replaceAll("'", '"'),
    'export { d } from "zod";',
    'import "./side-effect.ts";',
    'const later = await import("../later.ts");',
    'const text = "not an import";',
  ].join("\n");
  assert.deepEqual(
    importsIn("src/x/y.ts", source).map(({ to, isTypeOnly }) => [to, isTypeOnly]),
    [
      ["src/x/a.ts", true],
      ["src/b.ts", false],
      ["zod", false],
      ["src/x/side-effect.ts", false],
      ["src/later.ts", false],
    ],
  );
});

test("a wrong import is found and its path is printed", () => {
  const from = "src/domain/plan.ts";
  assert.match(
    verdict({ from, to: "src/runtime/clock.ts", isTypeOnly: true }) ?? "",
    /plan\.ts -> src\/runtime\/clock/,
  );
  assert.match(verdict({ from, to: "node:fs", isTypeOnly: false }) ?? "", /domain may not import this/);
  assert.equal(verdict({ from, to: "src/api/spec.ts", isTypeOnly: true }), undefined);
  assert.match(verdict({ from: "src/main.ts", to: "double/main.ts", isTypeOnly: false }) ?? "", /may not/);
  assert.match(verdict({ from: "src/dittofs/x.ts", to: "src/runtime/clock.ts", isTypeOnly: false }) ?? "", /may not/);
  const graph = new Map([
    ["src/domain/a.ts", [{ from: "src/domain/a.ts", to: "src/api/b.ts", isTypeOnly: false }]],
    ["src/api/b.ts", [{ from: "src/api/b.ts", to: "zod", isTypeOnly: false }]],
  ]);
  assert.deepEqual(
    runtimePath("src/domain/a.ts", graph, (target) => target === "zod"),
    ["src/domain/a.ts", "src/api/b.ts", "zod"],
  );
});
