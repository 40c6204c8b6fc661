import type { ProviderType } from "../../domain/identity-facts.ts";
import { identityMappingsDetail } from "../../domain/provisioning/identity-mappings.ts";
import { providerDetail, type WantedIdentityProvider } from "../../domain/provisioning/identity-providers.ts";
import type { LiveIdentityMappings, LiveIdentityProvider } from "../../domain/provisioning/live-dittofs.ts";
import type { WantedDittoFs } from "../../domain/provisioning/provisioning.ts";
import type { Detail } from "./details.ts";
import type { KnownDetail } from "./known-detail.ts";
import type { ProvisioningPass } from "./pass.ts";

export type AppliedIdentity = {
  readonly appliedProviders: ReadonlyMap<string, string>;
  readonly appliedMappings: ReadonlySet<string>;
};

/** After a start of the operator, what its predecessor wrote into the status. */
export function appliedIdentity({ session, server }: ProvisioningPass): AppliedIdentity {
  const { identityProviders = {}, identityMappings = [] } = server.status?.applied ?? {};
  session.appliedProviders ??= new Map(Object.entries(identityProviders));
  session.appliedMappings ??= new Set(identityMappings);
  return { appliedProviders: session.appliedProviders, appliedMappings: session.appliedMappings };
}

/** What is read of directories and domains: nothing at all on a server that has none by the operator's doing. */
export function identityDetails(wanted: WantedDittoFs, applied: AppliedIdentity): readonly Detail[] {
  const isRead = ({ type, kind }: WantedIdentityProvider): boolean =>
    kind !== "dropped" || type === "kerberos" || applied.appliedProviders.has(type);
  const hasMappings = wanted.identityMappings.length > 0 || applied.appliedMappings.size > 0;
  return [
    ...wanted.identityProviders.filter(isRead).map(({ type }) => identityProvider(type)),
    ...(hasMappings ? [allIdentityMappings] : []),
  ];
}

function identityProvider(type: ProviderType): Detail {
  const known = (value: LiveIdentityProvider): KnownDetail => ({ table: "identityProvider", id: type, value });
  return {
    key: providerDetail(type),
    ask: async (api, signal) => {
      const answer = await api.identityProvider(type, signal);
      if (answer.code === "notFound") return { code: "ok", value: known({ kind: "read", settings: undefined }) };
      return answer.code === "ok" ? { code: "ok", value: known({ kind: "read", settings: answer.value }) } : answer;
    },
    unreadable: (message) => known({ kind: "unreadable", message }),
  };
}

const mappingsKnown = (value: LiveIdentityMappings): KnownDetail => ({ table: "identityMappings", value });

const allIdentityMappings: Detail = {
  key: identityMappingsDetail,
  ask: async (api, signal) => {
    const answer = await api.identityMappings(signal);
    return answer.code === "ok"
      ? { code: "ok", value: mappingsKnown({ kind: "read", mappings: answer.value }) }
      : answer;
  },
  unreadable: (message) => mappingsKnown({ kind: "unreadable", message }),
};
