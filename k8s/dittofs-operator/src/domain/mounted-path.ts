import type { Delivery } from "./secrets/mounted-secrets.ts";

/** Where the process finds the file of a Secret. */
export function mountedPath({ delivery }: { readonly delivery: Extract<Delivery, { kind: "file" }> }): string {
  return `${delivery.directory}/${delivery.fileName}`;
}
