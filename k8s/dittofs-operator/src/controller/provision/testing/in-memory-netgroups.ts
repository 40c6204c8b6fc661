import type { DittoFsApi, DittoFsFailure } from "../../../outside.ts";

type Netgroup = { name: string; members: { id: string; value: string }[] };
type Netgroups = "createNetgroup" | "removeNetgroup" | "addNetgroupMember" | "removeNetgroupMember";
type Write = <Body>(
  name: Netgroups,
  act: (body: Body) => DittoFsFailure | undefined,
) => (body: Body, signal: AbortSignal) => ReturnType<DittoFsApi[Netgroups]>;

/** The writes of netgroups, on a list: members are added however often they are there already. */
export function netgroupWrites(list: Netgroup[], write: Write): Pick<DittoFsApi, Netgroups> {
  const named = (name: string): Netgroup | undefined => list.find((each) => each.name === name);
  return {
    createNetgroup: write("createNetgroup", ({ name }: { readonly name: string }) => {
      list.push({ name, members: [] });
      return undefined;
    }),
    removeNetgroup: write("removeNetgroup", ({ name }: { readonly name: string }) => {
      list.splice(list.findIndex((each) => each.name === name) >>> 0, 1);
      return undefined;
    }),
    addNetgroupMember: write(
      "addNetgroupMember",
      ({ netgroup, value }: { readonly netgroup: string; readonly value: string }) => {
        named(netgroup)?.members.push({ id: `member-${value}`, value });
        return undefined;
      },
    ),
    removeNetgroupMember: write(
      "removeNetgroupMember",
      ({ netgroup, id }: { readonly netgroup: string; readonly id: string }) => {
        const group = named(netgroup);
        if (group !== undefined) group.members = group.members.filter((member) => member.id !== id);
        return undefined;
      },
    ),
  };
}
