import type { Rule } from "../schema/vocabulary.ts";

/** Rules about the remote stores of shares. */
export const remoteStoreRules: readonly Rule[] = [
  {
    rule: "!has(self.shares) || self.shares.all(share, !has(share.remoteStore) || (has(self.stores) && has(self.stores.remote) && self.stores.remote.exists(store, store.name == share.remoteStore)))",
    message: "shares[].remoteStore must name a store of stores.remote: declare the store, or correct the name",
    fieldPath: ".shares",
  },
];
