/** Where a stored text departs from the wanted one, for people; undefined when they are equal. */
export function firstDifference(stored: string, wanted: string): string | undefined {
  if (stored === wanted) return undefined;
  if (stored === "") return "the file is missing";
  const [storedLines, wantedLines] = [stored.split("\n"), wanted.split("\n")];
  const index = wantedLines.findIndex((line, at) => line !== storedLines[at]);
  const line = index === -1 ? wantedLines.length : index;
  return `line ${line + 1} differs\n  - ${storedLines[line] ?? "(end of file)"}\n  + ${wantedLines[line] ?? "(end of file)"}`;
}
