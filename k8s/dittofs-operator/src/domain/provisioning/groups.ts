import type { DittoServer } from "../../api/ditto-server.ts";
import type { Change } from "./change.ts";
import type { LiveDittoFs, LiveGroup } from "./live-dittofs.ts";

/** What is left out is not compared: there is no telling a value that was dropped from one that was set by hand. */
export type WantedGroup = { readonly name: string; readonly gid?: number; readonly description?: string };

export type GroupCalls = { readonly createGroup: WantedGroup; readonly updateGroup: WantedGroup };

export function wantedGroups(server: DittoServer): readonly WantedGroup[] {
  return server.spec.groups ?? [];
}

export function groupChanges(wanted: readonly WantedGroup[], live: LiveDittoFs): readonly Change<GroupCalls>[] {
  return wanted.map((group) => {
    const present = live.groups.find(({ name }) => name === group.name);
    const ref = { family: "group", name: group.name, needs: [] } as const;
    if (present === undefined) return { ...ref, calls: [{ name: "createGroup", body: group }], what: "created" };
    return { ...ref, ...difference(group, present) };
  });
}

function difference(wanted: WantedGroup, live: LiveGroup): Pick<Change<GroupCalls>, "calls" | "what"> {
  const { name, gid, description } = wanted;
  const changed = {
    ...(gid === undefined || gid === live.gid ? {} : { gid }),
    ...(description === undefined || description === live.description ? {} : { description }),
  };
  const what = [
    ...(changed.gid === undefined ? [] : [`gid ${live.gid ?? "unset"} -> ${changed.gid}`]),
    ...(changed.description === undefined ? [] : ["description changed"]),
  ];
  if (what.length === 0) return { calls: [], what: "" };
  return { calls: [{ name: "updateGroup", body: { name, ...changed } }], what: what.join(", ") };
}
