import { DEFAULT_STORE } from "../group.ts";
import { stays } from "../schema/stays.ts";
import { bool, listMap, object, oneOf, quantity, type Rule } from "../schema/vocabulary.ts";
import { permissions } from "./permissions.ts";
import { retention } from "./retention.ts";
import { shareName } from "./share-name.ts";
import { snapshots } from "./snapshots.ts";
import { storeName } from "./store-name.ts";

const nfs = object("How NFS clients see the share.", {
  squash: oneOf("What becomes of client users. Left out, it is root_to_guest: uid 0 acts as nobody.", [
    "none",
    "root_to_admin",
    "root_to_guest",
    "all_to_admin",
    "all_to_guest",
  ]).exactOptional(),
});

const keptStore = (reference: "metadataStore" | "localStore"): Rule => ({
  rule: stays(reference, `"${DEFAULT_STORE}"`),
  message: `${reference} cannot be changed after creation, because the share's data would stay behind: declare a share of another name and copy`,
  fieldPath: `.${reference}`,
});

const keptRemoteStore: Rule = {
  rule: stays("remoteStore", '""'),
  message:
    "remoteStore cannot be added, changed or removed after creation, because the server would take files for uploaded that are not, and lose them: declare a share of another name and copy",
  fieldPath: ".remoteStore",
};

const retentionOfRemote: Rule = {
  rule: "!has(self.retention) || has(self.remoteStore)",
  message: "retention is about copies of what a remote store has: name a remoteStore, or remove it",
  fieldPath: ".retention",
};

const share = object(
  "A share.",
  {
    name: shareName(
      "Path that clients mount, such as /export. While smb is enabled it is one lower-case component, because SMB looks names up in lower case.",
    ),
    metadataStore: storeName(
      "Metadata store of the share, one of stores.metadata. Left out, it is `default`. It cannot be changed.",
    ).exactOptional(),
    localStore: storeName(
      "Local block store of the share, one of stores.local. Left out, it is `default`. It cannot be changed.",
    ).exactOptional(),
    remoteStore: storeName(
      "Remote store to which the share's contents are uploaded, one of stores.remote. Left out, there is none. It cannot be added, changed or removed later. The local store then holds what is not uploaded yet, and copies of the rest.",
    ).exactOptional(),
    retention,
    enabled: bool("False keeps the share and its data and refuses clients. Left out, it is true.").exactOptional(),
    readOnly: bool("True refuses every write. Left out, it is false.").exactOptional(),
    defaultPermission: oneOf("What users without a grant of their own may do. Left out, it is none.", [
      "none",
      "read",
      "read-write",
      "admin",
    ]).exactOptional(),
    localStoreSize: quantity(
      "How much of the volume the share's contents may take. Left out, it is 85 % of the volume divided by the shares on it. A new size of an existing share counts from the server's next start on; the annotation dittofs.dittofs.com/restarted-at makes one.",
    ).exactOptional(),
    nfs: nfs.exactOptional(),
    permissions: permissions.exactOptional(),
    snapshots: snapshots.exactOptional(),
  },
  { rules: [keptStore("metadataStore"), keptStore("localStore"), keptRemoteStore, retentionOfRemote] },
);

/** What the server exports. */
export const shares = listMap(
  "Shares that the server exports. A share that is removed here is disabled on the server and keeps its data.",
  ["name"],
  share,
  {
    maxItems: 256,
  },
).exactOptional();
