import * as z from "zod/mini";
import type { DittoFsApi, DittoFsGroup, DittoFsUser } from "../outside.ts";
import type { Rest } from "./rest.ts";
import { anything, listOf } from "./schemas.ts";

const user = z.pipe(
  z.object({
    username: z.string(),
    uid: z.nullish(z.number()),
    gid: z.nullish(z.number()),
    display_name: z.nullish(z.string()),
    email: z.nullish(z.string()),
    role: z.string(),
    enabled: z.boolean(),
    groups: z.nullish(z.array(z.string())),
  }),
  z.transform(
    ({ username, uid, gid, display_name, email, role, enabled, groups }): DittoFsUser => ({
      name: username,
      role,
      enabled,
      groups: groups ?? [],
      displayName: display_name ?? "",
      email: email ?? "",
      ...(typeof uid === "number" && { uid }),
      ...(typeof gid === "number" && { gid }),
    }),
  ),
);

const group = z.pipe(
  z.object({ name: z.string(), gid: z.nullish(z.number()), description: z.nullish(z.string()) }),
  z.transform(
    ({ name, gid, description }): DittoFsGroup => ({
      name,
      description: description ?? "",
      ...(typeof gid === "number" && { gid }),
    }),
  ),
);

type PeopleCalls = "users" | "createUser" | "updateUser" | "setUserPassword" | "groups" | "createGroup" | "updateGroup";

export function peopleCalls(call: Rest): Pick<DittoFsApi, PeopleCalls> {
  return {
    users: (signal) => call({ method: "GET", path: "/api/v1/users", schema: listOf(user), isList: true, signal }),
    createUser: ({ name, password, displayName, ...fields }, signal) =>
      call({
        method: "POST",
        path: "/api/v1/users",
        body: { username: name, password, display_name: displayName, ...fields },
        secrets: [password],
        schema: anything,
        signal,
      }),
    updateUser: ({ name, displayName, ...fields }, signal) =>
      call({
        method: "PUT",
        path: userPath(name),
        body: { display_name: displayName, ...fields },
        schema: anything,
        signal,
      }),
    setUserPassword: ({ name, password }, signal) =>
      call({
        method: "POST",
        path: `${userPath(name)}/password`,
        body: { new_password: password },
        secrets: [password],
        schema: anything,
        signal,
      }),
    groups: (signal) => call({ method: "GET", path: "/api/v1/groups", schema: listOf(group), isList: true, signal }),
    createGroup: (body, signal) => call({ method: "POST", path: "/api/v1/groups", body, schema: anything, signal }),
    updateGroup: ({ name, ...fields }, signal) =>
      call({
        method: "PUT",
        path: `/api/v1/groups/${encodeURIComponent(name)}`,
        body: fields,
        schema: anything,
        signal,
      }),
  };
}

function userPath(name: string): string {
  return `/api/v1/users/${encodeURIComponent(name)}`;
}
