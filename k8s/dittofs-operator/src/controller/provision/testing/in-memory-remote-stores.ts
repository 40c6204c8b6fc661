import type { DittoFsAnswer, DittoFsHealth, DittoFsRemoteStore, DittoFsRemoteStoreSetting } from "../../../outside.ts";

/** The remote stores of a DittoFS server without a network. */
export class InMemoryRemoteStores {
  list: readonly DittoFsRemoteStore[] = [];
  /** By store, the access key that it was given last. */
  readonly keys = new Map<string, string>();

  set({ keys, ...store }: DittoFsRemoteStoreSetting): undefined {
    const config = { ...store.config, ...(keys !== undefined && { access_key_id: keys.accessKeyId }) };
    const health: DittoFsHealth = { status: "healthy", message: "" };
    const others = this.list.filter(({ name }) => name !== store.name);
    this.list = [...others, { ...store, config, id: `id-of-${store.name}`, health }];
    if (keys !== undefined) this.keys.set(store.name, keys.secretAccessKey);
  }

  one(name: string): DittoFsAnswer<DittoFsRemoteStore> {
    const value = this.list.find((each) => each.name === name);
    if (value !== undefined) return { code: "ok", value };
    return { code: "notFound", request: "GET /x", status: 404, detail: "Block store not found" };
  }
}
