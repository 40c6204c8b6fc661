import { stripTypeScriptTypes } from "node:module";

/** A cast, a non-null assertion or an `any` whose line does not say the reason in a comment. */
export type Unexplained = { readonly line: number; readonly text: string };

/**
 * `as const` and `as unknown` assert nothing. What Node strips when it runs a file is exactly its types, each replaced by blanks of the same length. A stripped piece
 * that begins with `as` is a cast, one that begins with `!` a non-null assertion; the rest is searched for `any`.
 */
export function unexplainedTypes(source: string): readonly Unexplained[] {
  const lines = source.split("\n");
  const lineAt = (offset: number): number => source.slice(0, offset).split("\n").length;
  return strippedPieces(source).flatMap(({ start, text }) => {
    const offsets = suspiciousOffsets(text).map((offset) => start + offset);
    const found = offsets.map((offset) => ({ line: lineAt(offset), text: (lines[lineAt(offset) - 1] ?? "").trim() }));
    return found.filter(({ text: line }) => !/\/\/ \S/.test(line));
  });
}

function strippedPieces(source: string): readonly { readonly start: number; readonly text: string }[] {
  const kept = stripTypeScriptTypes(source);
  let mask = "";
  // Blanks count as stripped: they join the pieces of one type that stands on several lines.
  for (let at = 0; at < source.length; at++) {
    const isBlank = source.charCodeAt(at) <= 32;
    mask += isBlank || source.charCodeAt(at) !== kept.charCodeAt(at) ? "x" : ".";
  }
  return Array.from(mask.matchAll(/x+/g), ({ index, 0: run }) => {
    const text = source.slice(index, index + run.length);
    const indent = text.length - text.trimStart().length;
    return { start: index + indent, text: text.trim() };
  });
}

function suspiciousOffsets(piece: string): readonly number[] {
  const isCast = /^(!\s*)?as\s+(?!const\b|unknown$)/.test(piece);
  const isNonNull = /^!(?!\s*:)/.test(piece);
  const withoutComments = piece.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, (comment) => comment.replace(/\S/g, " "));
  const anys = Array.from(withoutComments.matchAll(/(?<!["'.\w])any(?!["'\w])/g), ({ index }) => index);
  return isCast || isNonNull ? [0] : anys;
}
