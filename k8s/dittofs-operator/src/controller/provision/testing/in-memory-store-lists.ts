import type { DittoFsAnswer, DittoFsFailure, DittoFsNewStore, DittoFsStore } from "../../../outside.ts";

const missing: DittoFsFailure = { code: "notFound", request: "PUT /x", status: 404, detail: "the server's words" };
const taken: DittoFsFailure = { code: "conflict", request: "POST /x", status: 409, detail: "the server's words" };

export function idOf(name: string): string {
  return `id-of-${name}`;
}

export function changeStore(list: DittoFsStore[], store: DittoFsNewStore): DittoFsFailure | undefined {
  const at = list.findIndex(({ name }) => name === store.name);
  if (list[at] === undefined) return missing;
  list[at] = { ...list[at], ...store };
  return undefined;
}

export function addStore(list: DittoFsStore[], store: DittoFsNewStore): DittoFsFailure | undefined {
  if (list.some(({ name }) => name === store.name)) return taken;
  list.push({ ...store, id: idOf(store.name) });
  return undefined;
}

export function removeFrom(list: { readonly name: string }[], name: string): DittoFsFailure | undefined {
  const at = list.findIndex((each) => each.name === name);
  if (at < 0) return missing;
  list.splice(at, 1);
  return undefined;
}

export function found<T extends { readonly name: string }>(list: readonly T[], name: string): DittoFsAnswer<T> {
  const value = list.find((each) => each.name === name);
  return value === undefined ? missing : { code: "ok", value };
}
