import type {
  LiveDittoFs,
  LiveIdentityMappings,
  LiveIdentityProvider,
  LiveNetgroups,
  LiveProtocolSettings,
  LiveShareNfsConfig,
  LiveSharePermissions,
  LiveSnapshotPolicies,
} from "../../domain/provisioning/live-dittofs.ts";
import { permissionsDetail } from "../../domain/provisioning/permissions.ts";
import { settingsDetail } from "../../domain/provisioning/protocol-settings.ts";
import { snapshotPoliciesDetail } from "../../domain/provisioning/snapshot-policies.ts";
import type { DittoFsAnswer, DittoFsApi } from "../../outside.ts";
import { authorized } from "./authorized.ts";
import { answerText } from "./failure-text.ts";
import type { KnownDetail } from "./known-detail.ts";
import { unreachable } from "./log-in.ts";
import type { ProvisioningPass } from "./pass.ts";
import type { PassEnd } from "./pass-end.ts";

/** One thing to read by itself. */
export type Detail = {
  readonly key: string;
  readonly ask: (api: DittoFsApi, signal: AbortSignal) => Promise<DittoFsAnswer<KnownDetail>>;
  /** What is known when the server refuses or fails for this one only, so that the others go on. */
  readonly unreadable: (message: string) => KnownDetail;
};

type Unreadable = { readonly kind: "unreadable"; readonly message: string };

export function nfsConfigKey(shareId: string): string {
  return `nfsConfig ${shareId}`;
}

export function nfsConfigDetail({ id, name }: { readonly id: string; readonly name: string }): Detail {
  const known = (value: LiveShareNfsConfig): KnownDetail => ({ table: "nfsConfig", id, value });
  return {
    key: nfsConfigKey(id),
    ask: async (api, signal) => {
      const answer = await api.shareNfsConfig(name, signal);
      return answer.code === "ok" ? { ...answer, value: known({ kind: "read", settings: answer.value }) } : answer;
    },
    unreadable: (message) => known(unreadable(message)),
  };
}

export function sharePermissionsDetail({ id, name }: { readonly id: string; readonly name: string }): Detail {
  const known = (value: LiveSharePermissions): KnownDetail => ({ table: "permissions", id, value });
  return {
    key: permissionsDetail(id),
    ask: async (api, signal) => {
      const answer = await api.sharePermissions(name, signal);
      return answer.code === "ok" ? { ...answer, value: known({ kind: "read", grants: answer.value }) } : answer;
    },
    unreadable: (message) => known(unreadable(message)),
  };
}

export function protocolSettingsDetail(type: string): Detail {
  const known = (value: LiveProtocolSettings): KnownDetail => ({ table: "settings", id: type, value });
  return {
    key: settingsDetail(type),
    ask: async (api, signal) => {
      const answer = await api.protocolSettings(type, signal);
      return answer.code === "ok" ? { ...answer, value: known({ kind: "read", settings: answer.value }) } : answer;
    },
    unreadable: (message) => known(unreadable(message)),
  };
}

export const netgroupsDetail = "netgroups";

/** Those that are `leaving` are asked for by name while the list is empty, which it can be for a moment. */
export function allNetgroups(leaving: readonly string[]): Detail {
  const known = (value: LiveNetgroups): KnownDetail => ({ table: "netgroups", value });
  return {
    key: netgroupsDetail,
    ask: async (api, signal) => {
      const answer = await api.netgroups(signal);
      if (answer.code !== "ok") return answer;
      const netgroups = [...answer.value];
      for (const name of answer.value.length === 0 ? leaving : []) {
        const one = await api.netgroup(name, signal);
        if (one.code === "ok") netgroups.push(one.value);
        else if (one.code !== "notFound") return one;
      }
      return { ...answer, value: known({ kind: "read", netgroups }) };
    },
    unreadable: (message) => known(unreadable(message)),
  };
}

export function allSnapshotPolicies(): Detail {
  const known = (value: LiveSnapshotPolicies): KnownDetail => ({ table: "snapshotPolicies", value });
  return {
    key: snapshotPoliciesDetail,
    ask: async (api, signal) => {
      const answer = await api.snapshotPolicies(signal);
      return answer.code === "ok" ? { ...answer, value: known({ kind: "read", policies: answer.value }) } : answer;
    },
    unreadable: (message) => known(unreadable(message)),
  };
}

function unreadable(message: string): Unreadable {
  return { kind: "unreadable", message };
}

/**
 * Details that are not known yet are all read, of the known ones as many as the pass has reads left, the longest unread
 * first. So a look at a converged server stays cheap, and a change by hand is found after a few looks.
 */
export async function readDetails(pass: ProvisioningPass, details: readonly Detail[]): Promise<PassEnd | undefined> {
  const known = pass.session.details;
  const byKey = new Map(details.map((detail) => [detail.key, detail]));
  for (const key of known.keys()) if (!byKey.has(key)) known.delete(key);

  const unread = details.filter(({ key }) => !known.has(key));
  const again = longestUnread(known).slice(0, Math.max(0, pass.readsLeft - unread.length));
  pass.readsLeft -= again.length;

  for (const detail of [...unread, ...again.flatMap((key) => byKey.get(key) ?? [])]) {
    const read = await readDetail(pass, detail);
    if (read.code !== "ok") return read;
    known.delete(detail.key);
    known.set(detail.key, read.value);
  }
  return undefined;
}

/** Keys, those first that could not be read; a Map keeps the order in which its entries were set. */
function longestUnread(known: ReadonlyMap<string, KnownDetail>): readonly string[] {
  const entries = [...known];
  const keysOf = (kind: KnownDetail["value"]["kind"]) =>
    entries.filter(([, { value }]) => value.kind === kind).map(([key]) => key);
  return [...keysOf("unreadable"), ...keysOf("read")];
}

async function readDetail(
  pass: ProvisioningPass,
  detail: Detail,
): Promise<{ readonly code: "ok"; readonly value: KnownDetail } | PassEnd> {
  const asked = await authorized(pass, detail.ask);
  if (asked.code === "ok" || asked.code === "unreachable" || asked.code === "loginFailed") return asked;
  if (asked.code === "unavailable" && asked.because !== "serverError") return unreachable(pass, asked);
  return { code: "ok", value: detail.unreadable(answerText(asked)) };
}

type Tables = Pick<
  LiveDittoFs,
  | "shareNfsConfigs"
  | "sharePermissions"
  | "protocolSettings"
  | "snapshotPolicies"
  | "identityProviders"
  | "identityMappings"
  | "netgroups"
>;

/** The known details, each kind by what it belongs to. */
export function detailTables(known: Iterable<KnownDetail>): Tables {
  const shareNfsConfigs = new Map<string, LiveShareNfsConfig>();
  const sharePermissions = new Map<string, LiveSharePermissions>();
  const protocolSettings = new Map<string, LiveProtocolSettings>();
  const identityProviders = new Map<string, LiveIdentityProvider>();
  let identityMappings: LiveIdentityMappings = { kind: "read", mappings: [] };
  let netgroups: LiveNetgroups = { kind: "read", netgroups: [] };
  let snapshotPolicies: LiveSnapshotPolicies = { kind: "read", policies: [] };
  for (const detail of known) {
    switch (detail.table) {
      case "nfsConfig":
        shareNfsConfigs.set(detail.id, detail.value);
        break;
      case "permissions":
        sharePermissions.set(detail.id, detail.value);
        break;
      case "settings":
        protocolSettings.set(detail.id, detail.value);
        break;
      case "netgroups":
        netgroups = detail.value;
        break;
      case "snapshotPolicies":
        snapshotPolicies = detail.value;
        break;
      case "identityProvider":
        identityProviders.set(detail.id, detail.value);
        break;
      case "identityMappings":
        identityMappings = detail.value;
        break;
      default:
        detail satisfies never;
    }
  }
  return {
    shareNfsConfigs,
    sharePermissions,
    protocolSettings,
    snapshotPolicies,
    identityProviders,
    identityMappings,
    netgroups,
  };
}
