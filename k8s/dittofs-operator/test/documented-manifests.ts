import { globSync, readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";

/** YAML that the repository shows to users: a sample file, or a block of a Markdown file, with where it stands. */
export type DocumentedManifest = { readonly where: string; readonly yaml: string };

const texts = ["../../*.md", "*.md", "docs/**/*.md", "config/**/*.md", "lab/**/*.md"];

/** Every sample and every YAML block of the documents. */
export function documentedManifests(): readonly DocumentedManifest[] {
  const samples = globSync("config/samples/*.yaml").map((file) => ({ where: file, yaml: readFileSync(file, "utf8") }));
  const blocks = globSync(texts).flatMap((file) => yamlBlocks(file, readFileSync(file, "utf8")));
  // A kustomization is an input of `kubectl kustomize`; no API server knows the kind.
  return [...samples, ...blocks.filter(({ yaml }) => !/^kind: Kustomization$/m.test(yaml))];
}

/** The fenced blocks of a Markdown text whose language is yaml, with the line of their fence. */
export function yamlBlocks(file: string, markdown: string): readonly DocumentedManifest[] {
  return [...markdown.matchAll(/^([ \t]*)```ya?ml[ \t]*\n(.*?)^\1```[ \t]*$/gmsu)].map((match) => {
    const [, indent = "", body = ""] = match;
    const line = markdown.slice(0, match.index).split("\n").length;
    return { where: `${file}:${line}`, yaml: body.replaceAll(new RegExp(`^${indent}`, "gm"), "") };
  });
}

/** The objects of a manifest, as plain values; throws with the place when it is no YAML. */
export function objectsOf({ where, yaml }: DocumentedManifest): readonly unknown[] {
  return parseAllDocuments(yaml).map((document): unknown => {
    const [fault] = document.errors;
    if (fault !== undefined) throw new Error(`${where}: ${fault.message}`);
    const object: unknown = document.toJS();
    return object;
  });
}
