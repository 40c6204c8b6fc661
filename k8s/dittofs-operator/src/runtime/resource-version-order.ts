const wellFormed = /^[1-9][0-9]*$/;

/**
 * How version `a` stands to version `b` of one resource type. KEP-5504 (Kubernetes 1.35) promises decimal numbers of any
 * length that grow with every change of that type, and every earlier release with etcd behind it kept to that; whatever
 * does not look like one is `unknown`. Compared as text, since such a number may exceed 2^53.
 */
export function resourceVersionOrder(
  a: string | undefined,
  b: string | undefined,
): "older" | "same" | "newer" | "unknown" {
  if (a === undefined || b === undefined) return "unknown";
  if (a === b) return "same";
  if (!wellFormed.test(a) || !wellFormed.test(b)) return "unknown";
  if (a.length !== b.length) return a.length < b.length ? "older" : "newer";
  return a < b ? "older" : "newer";
}

/** Whether `version` is known to be `bound` or older. */
export function isAtMost(version: string | undefined, bound: string | undefined): boolean {
  const order = resourceVersionOrder(version, bound);
  return order === "older" || order === "same";
}
