import * as z from "zod/mini";
import type { DittoFsNetgroup } from "../outside/dittofs-netgroup.ts";
import type { DittoFsApi } from "../outside.ts";
import type { Rest } from "./rest.ts";
import { anything, listOf } from "./schemas.ts";

const path = "/api/v1/adapters/nfs/netgroups";

const netgroup = z.pipe(
  z.object({
    name: z.string(),
    members: z.nullish(z.array(z.object({ id: z.string(), value: z.string() }))),
  }),
  z.transform(({ name, members }): DittoFsNetgroup => ({ name, members: members ?? [] })),
);

type NetgroupCalls =
  | "netgroups"
  | "netgroup"
  | "createNetgroup"
  | "removeNetgroup"
  | "addNetgroupMember"
  | "removeNetgroupMember";

export function netgroupCalls(call: Rest): Pick<DittoFsApi, NetgroupCalls> {
  return {
    netgroups: (signal) => call({ method: "GET", path, schema: listOf(netgroup), isList: true, signal }),
    netgroup: (name, signal) => call({ method: "GET", path: pathOf(name), schema: netgroup, signal }),
    createNetgroup: ({ name }, signal) => call({ method: "POST", path, body: { name }, schema: anything, signal }),
    removeNetgroup: ({ name }, signal) => call({ method: "DELETE", path: pathOf(name), schema: anything, signal }),
    addNetgroupMember: ({ netgroup: name, value }, signal) =>
      call({
        method: "POST",
        path: `${pathOf(name)}/members`,
        body: { type: "cidr", value },
        schema: anything,
        signal,
      }),
    removeNetgroupMember: ({ netgroup: name, id }, signal) =>
      call({ method: "DELETE", path: `${pathOf(name)}/members/${encodeURIComponent(id)}`, schema: anything, signal }),
  };
}

function pathOf(name: string): string {
  return `${path}/${encodeURIComponent(name)}`;
}
