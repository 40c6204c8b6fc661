import type { ServerRest } from "./server-rest.ts";

/** What a server keeps on its volumes, by the identities that it gave itself: whoever starts from nothing has others. */
export type ServerContents = {
  readonly shares: readonly Row[];
  readonly stores: readonly Row[];
  readonly users: readonly Row[];
};

export type Row = { readonly id: string; readonly name: string };

export async function serverContents(rest: ServerRest): Promise<ServerContents> {
  const [shares, metadata, local, users] = await Promise.all([
    rest.get("/api/v1/shares"),
    rest.get("/api/v1/store/metadata"),
    rest.get("/api/v1/store/block/local"),
    rest.get("/api/v1/users"),
  ]);
  return {
    shares: rows(shares, "name"),
    stores: [...rows(metadata, "name"), ...rows(local, "name")],
    users: rows(users, "username"),
  };
}

/** Sorted, because the server promises no order. */
export function rows(answer: unknown, nameField: "name" | "username"): readonly Row[] {
  if (!Array.isArray(answer)) throw new Error("the server answers something else than a list");
  const listed = answer.map((each: Readonly<Record<string, unknown>>) => ({
    id: String(each["id"]),
    name: String(each[nameField]),
  }));
  return listed.toSorted((one, other) => (one.id < other.id ? -1 : 1));
}
