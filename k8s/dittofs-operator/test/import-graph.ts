import { readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

/** One import statement; `to` is a file of this folder or the name of a package. */
export type Import = { readonly from: string; readonly to: string; readonly isTypeOnly: boolean };

const staticImport = /^(?:import|export)\s+(type\s+)?(?:[^"';]*?\sfrom\s+)?"([^"]+)";/gm;
const dynamicImport = /\bimport\("([^"]+)"\)/g;

export function importsOf(file: string): readonly Import[] {
  return importsIn(file, readFileSync(file, "utf8"));
}

export function importsIn(file: string, source: string): readonly Import[] {
  const target = (specifier: string): string =>
    specifier.startsWith(".") ? normalize(join(dirname(file), specifier)) : specifier;
  return [
    ...Array.from(source.matchAll(staticImport), ([, type, specifier = ""]) => ({
      from: file,
      to: target(specifier),
      isTypeOnly: type !== undefined,
    })),
    ...Array.from(source.matchAll(dynamicImport), ([, specifier = ""]) => ({
      from: file,
      to: target(specifier),
      isTypeOnly: false,
    })),
  ];
}

/** The shortest chain of imports that run (types do not) from `start` to a target that `isWanted`, start included. */
export function runtimePath(
  start: string,
  importsByFile: ReadonlyMap<string, readonly Import[]>,
  isWanted: (target: string) => boolean,
): readonly string[] | undefined {
  const paths: (readonly string[])[] = [[start]];
  const seen = new Set([start]);
  for (let path = paths.shift(); path !== undefined; path = paths.shift()) {
    for (const { to, isTypeOnly } of importsByFile.get(path.at(-1) ?? "") ?? []) {
      if (isTypeOnly || seen.has(to)) continue;
      if (isWanted(to)) return [...path, to];
      seen.add(to);
      paths.push([...path, to]);
    }
  }
  return undefined;
}
