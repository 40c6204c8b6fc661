import { bool, int32, listMap, object, oneOf, type Rule } from "../schema/vocabulary.ts";
import { otherStore, ownStoreName } from "./store-name.ts";

const rules: readonly Rule[] = [
  {
    rule: 'self.type == "badger" || !has(self.badger)',
    message: "badger is for the type badger only: remove it",
    fieldPath: ".badger",
  },
];

const badger = object("Settings of a badger store. A change restarts the server once.", {
  blockCacheMB: int32("Block cache in mebibytes. Left out, or 0, config.badger.blockCacheMB holds.", {
    min: 0,
    max: 1_048_576,
  }).exactOptional(),
  indexCacheMB: int32("Index cache in mebibytes. Left out, or 0, config.badger.indexCacheMB holds.", {
    min: 0,
    max: 1_048_576,
  }).exactOptional(),
  relaxedDurability: bool(
    "True may lose the last tenth of a second of created, renamed and removed names when the node loses power; false waits for the disk each time. Left out, true.",
  ).exactOptional(),
}).exactOptional();

/** Where file names, attributes and block lists live. */
export const metadataStores = listMap(
  "Metadata stores: names, attributes and block lists of files. The store `default` need not be listed: it is badger on the metadata volume, or memory when there is none.",
  ["name"],
  object(
    "A metadata store.",
    {
      name: ownStoreName,
      type: oneOf(
        "memory loses everything at a restart; badger keeps it on the metadata volume, in a directory named after the store; sqlite keeps it there in one file.",
        ["memory", "badger", "sqlite"],
        { rules: [otherStore] },
      ),
      badger,
    },
    { rules },
  ),
  { maxItems: 16 },
);
