import type { Call } from "./change.ts";
import type { LiveNetgroup } from "./live-dittofs.ts";

export type NetgroupCalls = {
  readonly createNetgroup: { readonly name: string };
  readonly removeNetgroup: { readonly name: string };
  readonly addNetgroupMember: { readonly netgroup: string; readonly value: string };
  readonly removeNetgroupMember: { readonly netgroup: string; readonly id: string };
};

const prefix = "operator";

/** The netgroup that the operator makes for a share. No share name holds a `~`, so that no two shares have one name. */
export function netgroupName(share: string): string {
  return `${prefix}${share.replaceAll("/", "~")}`;
}

export type NetgroupDifference = {
  readonly what: string;
  /** Before the share names the netgroup. */
  readonly before: readonly Call<NetgroupCalls>[];
  /** After the share names it no more. */
  readonly after: readonly Call<NetgroupCalls>[];
};

const nothing: NetgroupDifference = { what: "", before: [], after: [] };

/**
 * What brings the share's own netgroup to the wanted clients; undefined clients want none. Members are added before others go, and before the
 * share names the group: one that is empty lets nobody in.
 */
export function netgroupDifference(
  share: string,
  clients: readonly string[] | undefined,
  netgroups: readonly LiveNetgroup[],
): NetgroupDifference {
  const name = netgroupName(share);
  const live = netgroups.find((each) => each.name === name);
  if (clients === undefined)
    return live === undefined
      ? nothing
      : { ...nothing, what: "allowed clients dropped", after: [{ name: "removeNetgroup", body: { name } }] };
  const members = live?.members ?? [];
  const missing = clients.filter((client) => !members.some(({ value }) => value === client));
  const kept = new Set(clients.flatMap((client) => members.find(({ value }) => value === client)?.id ?? []));
  const surplus = members.filter(({ id }) => !kept.has(id));
  const before: readonly Call<NetgroupCalls>[] = [
    ...(live === undefined ? [{ name: "createNetgroup", body: { name } } as const] : []),
    ...missing.map((value) => ({ name: "addNetgroupMember", body: { netgroup: name, value } }) as const),
    ...surplus.map(({ id }) => ({ name: "removeNetgroupMember", body: { netgroup: name, id } }) as const),
  ];
  if (before.length === 0) return nothing;
  const what = [
    ...(missing.length === 0 ? [] : [`allowed clients added: ${missing.slice(0, 5).join(", ")}`]),
    ...(surplus.length === 0 ? [] : [`allowed clients removed: ${surplus.length}`]),
  ];
  return { what: what.join(", "), before, after: [] };
}
