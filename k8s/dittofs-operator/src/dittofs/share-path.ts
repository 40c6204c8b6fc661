/** Shares are addressed without their leading slash; further ones are part of the name. */
export function sharePath(name: string): string {
  return `/api/v1/shares/${encodeURIComponent(name.replace(/^\/+/, ""))}`;
}
