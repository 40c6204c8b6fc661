import { globSync, readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";
import { KIND } from "../../src/api/group.ts";

/** A DittoServer of a sample or variant, as it is written. */
export type GoldenInput = {
  readonly file: string;
  readonly name: string;
  readonly spec: Readonly<Record<string, unknown>>;
};

/** The files whose plans are written down: what users are shown, and what they are not. */
export const goldenFiles: readonly string[] = globSync([
  "config/samples/*.yaml",
  "test/golden/variants/*.yaml",
]).toSorted();

type Manifest = {
  readonly kind?: string;
  readonly metadata: { readonly name: string };
  readonly spec: GoldenInput["spec"];
};

export function goldenInputs(): readonly GoldenInput[] {
  return goldenFiles.flatMap((file) =>
    parseAllDocuments(readFileSync(file, "utf8"))
      .map((document) => document.toJS() as Manifest) // the golden test parses it
      .filter(({ kind }) => kind === KIND)
      .map(({ metadata: { name }, spec }) => ({ file, name, spec })),
  );
}
