import type {
  DittoFsAnswer,
  DittoFsFailure,
  DittoFsHealth,
  DittoFsRemoteStore,
  DittoFsRemoteStoreSetting,
} from "../../../outside.ts";
import { refusal } from "./failed-calls.ts";
import { found } from "./in-memory-store-lists.ts";

/** The remote stores of a DittoFS server without a network. */
export class InMemoryRemoteStores {
  list: readonly DittoFsRemoteStore[] = [];
  /** By store, the access key that it was given last. */
  readonly keys = new Map<string, string>();

  /** What a store shows when it is asked by itself, where that differs from the list. */
  readonly alone = new Map<string, DittoFsRemoteStore>();
  afterChange: () => void = () => undefined;

  set({ keys, ...store }: DittoFsRemoteStoreSetting): undefined {
    const config = { ...store.config, ...(keys !== undefined && { access_key_id: keys.accessKeyId }) };
    const health: DittoFsHealth = { status: "healthy", message: "" };
    const others = this.list.filter(({ name }) => name !== store.name);
    this.list = [...others, { ...store, config, id: `id-of-${store.name}`, health }];
    if (keys !== undefined) this.keys.set(store.name, keys.secretAccessKey);
    this.afterChange();
  }

  remove(name: string): DittoFsFailure | undefined {
    if (!this.list.some((store) => store.name === name)) return refusal("notFound");
    this.list = this.list.filter((store) => store.name !== name);
    return undefined;
  }

  one(name: string): DittoFsAnswer<DittoFsRemoteStore> {
    const alone = this.alone.get(name);
    return alone === undefined ? found(this.list, name) : { code: "ok", value: alone };
  }
}
