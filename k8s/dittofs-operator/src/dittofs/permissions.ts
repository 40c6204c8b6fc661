import * as z from "zod/mini";
import type { DittoFsApi, DittoFsGrant } from "../outside.ts";
import type { Rest } from "./rest.ts";
import { anything, listOf } from "./schemas.ts";
import { sharePath } from "./share-path.ts";

const grant = z.pipe(
  z.object({
    type: z.enum(["user", "group", "sid"]),
    name: z.string(),
    level: z.string(),
    sid: z.nullish(z.string()),
    is_group: z.nullish(z.boolean()),
  }),
  z.transform(({ type, name, level, sid, is_group }): DittoFsGrant => {
    if (type !== "sid") return { kind: type, name, level };
    return { kind: type, name: sid ?? name, level, isGroup: is_group ?? false, displayName: name };
  }),
);

type PermissionCalls = "sharePermissions" | "grantPermission" | "revokePermission";

export function permissionCalls(call: Rest): Pick<DittoFsApi, PermissionCalls> {
  return {
    sharePermissions: (share, signal) =>
      call({
        method: "GET",
        path: `${sharePath(share)}/permissions`,
        schema: listOf(grant),
        isList: true,
        signal,
      }),
    grantPermission: ({ level, isGroup, displayName, ...grantee }, signal) =>
      call({
        method: "PUT",
        path: grantPath(grantee),
        body: { level, is_group: isGroup, display_name: displayName },
        schema: anything,
        signal,
      }),
    revokePermission: (grantee, signal) =>
      call({ method: "DELETE", path: grantPath(grantee), schema: anything, signal }),
  };
}

type Grantee = Pick<DittoFsGrant, "kind" | "name"> & { readonly share: string };

function grantPath({ share, kind, name }: Grantee): string {
  return `${sharePath(share)}/permissions/${kind}s/${encodeURIComponent(name)}`;
}
