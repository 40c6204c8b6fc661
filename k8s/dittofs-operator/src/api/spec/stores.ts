import { stays } from "../schema/stays.ts";
import { listMap, object, oneOf, type Rule, text } from "../schema/vocabulary.ts";
import { metadataStores } from "./metadata-stores.ts";
import { remoteStores } from "./remote-stores.ts";
import { otherStore, ownStoreName } from "./store-name.ts";

const localRules: readonly Rule[] = [
  {
    rule: 'has(self.filesystem) == (self.type == "filesystem")',
    message: "filesystem must be given for the type filesystem and for no other: say on which volume the store lies",
    fieldPath: ".filesystem",
  },
  {
    rule: `!has(self.filesystem) || !has(oldSelf.filesystem) || (${stays("filesystem.path", "self.name")})`,
    message: "filesystem.path cannot be changed after creation: declare a store of another name",
    fieldPath: ".filesystem.path",
  },
];

const filesystem = object("Where a filesystem store lies. Needed for the type filesystem and for no other.", {
  volume: oneOf(
    "Volume that holds it: content (storage.contentSize) or cache (storage.cacheSize).",
    ["content", "cache"],
    { rules: [otherStore] },
  ),
  path: text(
    "Directory below the volume's mount point. Left out, it is named after the store, but for the store `default` on the content volume, which is the mount point itself.",
    {
      minLength: 1,
      maxLength: 255,
      form: {
        pattern: "^[a-zA-Z0-9_][-a-zA-Z0-9._]*(/[a-zA-Z0-9_][-a-zA-Z0-9._]*)*$",
        message: "must be a relative directory such as projects/local, without .. and without a / at the start",
      },
    },
  ).exactOptional(),
}).exactOptional();

/** Where file contents live inside the pod. */
const local = listMap(
  "Local block stores: contents of files. The store `default` need not be listed: it is a directory on the content volume, else on the cache volume, else memory.",
  ["name"],
  object(
    "A local block store.",
    {
      name: ownStoreName,
      type: oneOf("memory loses everything at a restart; filesystem keeps it on a volume.", ["memory", "filesystem"], {
        rules: [otherStore],
      }),
      filesystem,
    },
    { rules: localRules },
  ),
  { maxItems: 16 },
);

/** The stores that a spec declares. */
export const stores = object("Stores that shares name. A store cannot change its type or place once it exists.", {
  metadata: metadataStores.exactOptional(),
  local: local.exactOptional(),
  remote: remoteStores.exactOptional(),
}).exactOptional();
