import type { Rule } from "../schema/vocabulary.ts";

const storesOnVolume: Rule = {
  rule: '!has(self.stores) || !has(self.stores.metadata) || self.stores.metadata.all(store, !(store.type in ["badger", "sqlite"])) || (has(self.storage) && has(self.storage.metadataSize))',
  message:
    "stores.metadata[].type badger and sqlite need the metadata volume: set storage.metadataSize, or use the type memory",
  fieldPath: ".stores.metadata",
};

/** Rules about where the control plane and the metadata stores keep their data. */
export const databaseRules: readonly Rule[] = [storesOnVolume];
