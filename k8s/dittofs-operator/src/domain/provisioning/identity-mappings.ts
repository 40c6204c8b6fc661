import { createHash } from "node:crypto";
import type { DittoServer } from "../../api/ditto-server.ts";
import type { Change } from "./change.ts";
import type { LiveDittoFs, LiveIdentityMapping } from "./live-dittofs.ts";

export type WantedIdentityMapping = { readonly principal: string; readonly user: string };

export type IdentityMappingCalls = {
  readonly createIdentityMapping: WantedIdentityMapping;
  readonly removeIdentityMapping: { readonly principal: string };
};

export function wantedIdentityMappings({ spec }: DittoServer): readonly WantedIdentityMapping[] {
  return spec.identity.kerberos?.identityMapping?.principals ?? [];
}

/** The key under which the mappings are read: they have one list, which is not part of every look. */
export const identityMappingsDetail = "identity-mappings";

/** How the status remembers a principal, in short. */
export function mappingKey(principal: string): string {
  return createHash("sha256").update(principal).digest("base64url").slice(0, 12);
}

/** Mappings are made, and those that an earlier spec named are removed; ones made by hand stay. */
export function identityMappingChanges(
  wanted: readonly WantedIdentityMapping[],
  live: LiveDittoFs,
): readonly Change<IdentityMappingCalls>[] {
  const read = live.identityMappings;
  const ref = { family: "identityMapping", needs: [], calls: [], what: "" } as const;
  if (read.kind === "unreadable") {
    const problem = `The identity mappings cannot be read: ${read.message}`;
    return wanted.map(({ principal }) => ({ ...ref, name: principal, problem }));
  }
  const byPrincipal = new Map(read.mappings.map((mapping) => [mapping.principal, mapping]));
  const named = new Set(wanted.map(({ principal }) => principal));
  const dropped = read.mappings.filter(
    ({ principal }) => live.appliedMappings.has(mappingKey(principal)) && !named.has(principal),
  );
  return [
    ...wanted.map((mapping) => mappingChange(mapping, byPrincipal.get(mapping.principal))),
    ...dropped.map(({ principal }) => ({
      ...ref,
      name: principal,
      calls: [{ name: "removeIdentityMapping", body: { principal } } as const],
      what: "removed",
      detail: identityMappingsDetail,
    })),
  ];
}

/** The server has no call that changes one. */
function mappingChange(
  wanted: WantedIdentityMapping,
  before: LiveIdentityMapping | undefined,
): Change<IdentityMappingCalls> {
  const { principal, user } = wanted;
  const ref = { family: "identityMapping", name: principal, needs: [], detail: identityMappingsDetail } as const;
  if (before?.user === user) return { ...ref, calls: [], what: "" };
  const create = { name: "createIdentityMapping", body: wanted } as const;
  if (before === undefined) return { ...ref, calls: [create], what: `made (${user})` };
  return {
    ...ref,
    calls: [{ name: "removeIdentityMapping", body: { principal } }, create],
    what: `${before.user} -> ${user}`,
  };
}

/** Principals whose mapping counts as the operator's own, in short; what proves nothing leaves it as it was. */
export function ownMappings(
  wanted: readonly WantedIdentityMapping[],
  { identityMappings: read, appliedMappings: before }: Pick<LiveDittoFs, "identityMappings" | "appliedMappings">,
): ReadonlySet<string> {
  if (read.kind === "unreadable" || read.mappings.length === 0) return before;
  const named = new Set(wanted.map(({ principal }) => mappingKey(principal)));
  const own = read.mappings
    .map(({ principal }) => mappingKey(principal))
    .filter((key) => before.has(key) || named.has(key));
  return new Set(own.toSorted());
}
