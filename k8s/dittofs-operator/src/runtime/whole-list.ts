import type { ApiFailure, KubernetesApi, ListQuery, Resource } from "./kubernetes-api.ts";
import type { Replacement } from "./store-feed.ts";

/** Parsing a page of this size blocks the event loop for about 20 ms; a lease renewal must not wait longer. */
const PAGE_SIZE = 500;
/** A million objects: more means that the server never ends the list. */
const MOST_PAGES = 2_000;

/** What is watched: everything of a `ListQuery` that selects. */
export type Selection = Pick<ListQuery, "namespace" | "labelSelector" | "fieldSelector" | "shape">;

export type WholeListOptions = {
  readonly api: Pick<KubernetesApi, "list">;
  readonly resource: Resource;
  readonly selection: Selection;
  readonly signal: AbortSignal;
  readonly onPage: () => void;
};

/**
 * Reads a list to its end, page by page, into `replacement`. It names no resourceVersion, so that it is a quorum read:
 * never older than anything seen before, not even right after an API server's start. (With resourceVersion=0 the API server
 * would take what its cache holds, and ignore the page size.) A list that outlives its continue token answers `expired`.
 */
export async function readWholeList(
  replacement: Replacement,
  { api, resource, selection, signal, onPage }: WholeListOptions,
): Promise<{ readonly resourceVersion: string } | { readonly failure: ApiFailure }> {
  let continueToken: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const query = { ...selection, limit: PAGE_SIZE, ...(continueToken !== undefined && { continueToken }) };
    const answer = await api.list(resource, query, signal);
    if (!answer.ok) return { failure: answer.failure };
    onPage();
    replacement.add(answer.value.items);
    continueToken = answer.value.continueToken;
    if (continueToken === undefined) return { resourceVersion: answer.value.resourceVersion };
  }
  const message = `the list of ${resource.plural} has no end after ${MOST_PAGES} pages`;
  return { failure: { code: "serverError", message, causes: [], mayHaveHappened: false } };
}
