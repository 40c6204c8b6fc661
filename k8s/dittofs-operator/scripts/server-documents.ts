import { type Document, isNode, LineCounter, parseAllDocuments } from "yaml";
import type * as z from "zod";
import type { DittoServer } from "../src/api/ditto-server.ts";
import { dittoServerSchema } from "../src/api/ditto-server-schema.ts";
import { KIND } from "../src/api/group.ts";

/** What is wrong in a manifest, and where. */
export type Problem = { readonly line: number; readonly field: string; readonly message: string };

export type ServerDocuments = { readonly servers: readonly DittoServer[]; readonly problems: readonly Problem[] };

/** What an API server adds to the metadata of every object; the values are those of no object in particular. */
const addedMeta = {
  namespace: "default",
  uid: "00000000-0000-0000-0000-000000000000",
  resourceVersion: "0",
  generation: 1,
  creationTimestamp: "1970-01-01T00:00:00Z",
};

/**
 * The DittoServers of a manifest with the schema's defaults filled in. Documents of other kinds are passed over. Rules
 * over several fields are CEL, which only an API server checks.
 */
export function serverDocuments(manifest: string): ServerDocuments {
  const lines = new LineCounter();
  const documents = parseAllDocuments(manifest, { lineCounter: lines, prettyErrors: false });
  const read = documents.map((document) => serverDocument(document, (offset) => lines.linePos(offset).line));
  return {
    servers: read.flatMap(({ servers }) => servers),
    problems: read.flatMap(({ problems }) => problems).toSorted((one, other) => one.line - other.line),
  };
}

function serverDocument(document: Document, lineAt: (offset: number) => number): ServerDocuments {
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ pos, message }) => ({ line: lineAt(pos[0]), field: "", message }));
    return { servers: [], problems };
  }
  if (document.get("kind") !== KIND) return { servers: [], problems: [] };
  const parsed = dittoServerSchema.omit({ status: true }).safeParse(withoutStatus(document));
  if (parsed.success) {
    const { metadata, ...server } = parsed.data;
    return { servers: [{ ...server, metadata: { ...addedMeta, ...metadata } }], problems: [] };
  }
  return { servers: [], problems: parsed.error.issues.flatMap((issue) => problemsOf(issue, { document, lineAt })) };
}

/** The status of a server that was read from a cluster says nothing about its plan. */
function withoutStatus(document: Document): unknown {
  const { status: _, ...written } = document.toJS() as Record<string, unknown>; // a document with a kind is a map
  return written;
}

type Place = { readonly document: Document; readonly lineAt: (offset: number) => number };

function problemsOf(issue: z.core.$ZodIssue, { document, lineAt }: Place): readonly Problem[] {
  const paths = issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
  return paths.map((path) => ({
    line: lineAt(offsetOf(document, path)),
    field: fieldName(path),
    message: sentence(issue),
  }));
}

function sentence(issue: z.core.$ZodIssue): string {
  if (issue.code === "unrecognized_keys") return "there is no such field";
  if (issue.code !== "invalid_union") return issue.message;
  return [...new Set(issue.errors.flat().map(({ message }) => message))].join("; or ");
}

function fieldName(path: readonly PropertyKey[]): string {
  const steps = path.map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`));
  return steps.join("").replace(/^\./, "");
}

/** Where the value stands, or for one that is missing the nearest value around it. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}
