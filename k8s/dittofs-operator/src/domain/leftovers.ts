import type { DittoServer } from "../api/ditto-server.ts";
import { type Component, childLabels, type Labels } from "./labels.ts";
import type { WantedChild } from "./wanted-child.ts";

/** An object that the Go operator makes for a server and this one does not, or not now. */
export type Leftover = {
  readonly kind: "Service" | "NetworkPolicy";
  readonly name: string;
  /** With these it counts as a child, and goes as one that is no longer wanted. */
  readonly labels: Labels;
};

/** What to look for when a server is taken over. A policy that stayed would let in whom the spec keeps out. */
export function leftovers(server: DittoServer, wanted: readonly WantedChild[]): readonly Leftover[] {
  const name = (suffix: string): string => `${server.metadata.name}-${suffix}`;
  const of = (kind: Leftover["kind"], suffix: string, component: Component): Leftover => ({
    kind,
    name: name(suffix),
    labels: childLabels(server, component),
  });
  return [
    of("NetworkPolicy", "adapter-nfs", "network-policy"),
    of("NetworkPolicy", "adapter-smb", "network-policy"),
    of("Service", "adapter-nfs", "nfs"),
    of("Service", "adapter-smb", "smb"),
    of("Service", "metrics", "server"),
  ].filter(
    (leftover) => !wanted.some(({ kind, metadata }) => kind === leftover.kind && metadata.name === leftover.name),
  );
}
