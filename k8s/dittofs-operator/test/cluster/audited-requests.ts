/** One request as the API server's audit log tells it. */
export type AuditedRequest = {
  readonly user: string;
  readonly userAgent: string;
  /** Which token was used: two processes of one user have one each. Empty for certificates. */
  readonly tokenId: string;
  readonly verb: string;
  /** `statefulsets`, `dittoservers/status`; empty for what is no resource. */
  readonly resource: string;
  readonly namespace: string;
  readonly name: string;
  /** HTTP status; 0 while a watch goes on. */
  readonly status: number;
  readonly path: string;
};

type AuditLine = {
  readonly auditID: string;
  readonly verb: string;
  readonly requestURI: string;
  readonly userAgent?: string;
  readonly user: { readonly username?: string; readonly extra?: Readonly<Record<string, readonly string[]>> };
  readonly stage: string;
  readonly objectRef?: {
    readonly resource?: string;
    readonly subresource?: string;
    readonly namespace?: string;
    readonly name?: string;
  };
  readonly responseStatus?: { readonly code?: number };
};

/**
 * The requests that began or were answered in a piece of the log. A watch has two lines, when it begins and when it ends, and counts where
 * it begins; the end of one that began earlier is no request.
 */
export function auditedRequests(text: string): readonly AuditedRequest[] {
  const lines = text.split("\n").filter((line) => line !== "");
  return lines
    .map((line) => JSON.parse(line) as AuditLine) // the API server wrote it
    .filter(({ verb, stage }) => stage === (verb === "watch" ? "ResponseStarted" : "ResponseComplete"))
    .map((line) => ({
      user: line.user.username ?? "",
      userAgent: line.userAgent ?? "",
      tokenId: line.user.extra?.["authentication.kubernetes.io/credential-id"]?.[0] ?? "",
      verb: line.verb,
      resource: [line.objectRef?.resource, line.objectRef?.subresource].filter(Boolean).join("/"),
      namespace: line.objectRef?.namespace ?? "",
      name: line.objectRef?.name ?? "",
      status: line.verb === "watch" ? 0 : (line.responseStatus?.code ?? 0),
      path: line.requestURI,
    }));
}

/** What a controller does while nothing happens: it renews its watches and its Lease. */
export function isUpkeep({ verb, resource }: AuditedRequest): boolean {
  return verb === "watch" || (resource === "leases" && (verb === "update" || verb === "patch" || verb === "get"));
}

export function isWrite({ verb }: AuditedRequest): boolean {
  return !["get", "list", "watch"].includes(verb);
}

/** How many of each kind: `{ "patch statefulsets": 2, "watch pods": 1 }`, in the order of the alphabet. */
export function requestCounts(requests: readonly AuditedRequest[]): Readonly<Record<string, number>> {
  const counts = Map.groupBy(requests, ({ verb, resource, path }) => `${verb} ${resource || path}`);
  const rows = [...counts].map(([what, { length }]) => [what, length] as const);
  return Object.fromEntries(rows.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
