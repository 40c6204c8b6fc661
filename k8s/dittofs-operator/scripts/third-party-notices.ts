import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

type Package = { readonly name: string; readonly version: string; readonly license: string; readonly text: string };

/** The licences of every package that a bundle contains, from the bundler's list of input files. */
export function thirdPartyNotices(inputs: readonly string[]): string {
  const folders = new Set(inputs.map(packageFolder).filter((folder) => folder !== undefined));
  const packages = [...folders].toSorted().map(readPackage);
  const head = "dist/*.mjs contain code of the packages below. Their licences follow.\n";
  return [
    head,
    ...packages.map(({ name, version, license, text }) => `${name} ${version}: ${license}\n\n${text}`),
  ].join(`\n${"-".repeat(100)}\n\n`);
}

function packageFolder(input: string): string | undefined {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
}

function readPackage(folder: string): Package {
  const about: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const { name, version, license } = about as Record<string, unknown>; // every package.json is an object
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file));
  const text = files.map((file) => readFileSync(join(folder, file), "utf8").trim()).join("\n\n");
  return {
    name: String(name),
    version: String(version),
    license: String(license),
    text: text === "" ? "(the package brings no licence text)" : text,
  };
}
