import { DEFAULT_STORE } from "../group.ts";
import { stays } from "../schema/stays.ts";
import { bool, listMap, object, oneOf, quantity, type Rule, text } from "../schema/vocabulary.ts";
import { accountName } from "./people.ts";
import { permissions } from "./permissions.ts";
import { retention } from "./retention.ts";
import { shareName } from "./share-name.ts";
import { shareNfs } from "./share-nfs.ts";
import { shareSmb } from "./share-smb.ts";
import { snapshots } from "./snapshots.ts";
import { storeName } from "./store-name.ts";
import { trash } from "./trash.ts";

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

const keptOwner: Rule = {
  rule: stays("owner", '""'),
  message:
    "owner cannot be changed after creation, because the server takes it only then: change the owner of the share's root directory from a client (chown)",
  fieldPath: ".owner",
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
      "Local block store of the share, one of stores.local. Left out, it is `default`; a share with a remoteStore that is made while there is a cache volume besides the content volume lies on the cache volume. It cannot be changed.",
    ).exactOptional(),
    remoteStore: storeName(
      "Remote store to which the share's contents are uploaded, one of stores.remote. Left out, there is none. It cannot be added, changed or removed later. The local store keeps what is uploaded too, so that a share never holds more than its localStoreSize.",
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
    owner: text(
      "User whose uid and gid the root directory of the share gets when it is created. The user must have a uid. Left out, root owns it. It cannot be changed.",
      { minLength: 1, maxLength: 64, form: accountName },
    ).exactOptional(),
    quota: quantity(
      "How much all files may hold. The server counts every file of the share's metadata store, also those of other shares on it. Left out, there is no quota. NFSv4 clients do not see it in df.",
    ).exactOptional(),
    localStoreSize: quantity(
      "How much of the volume the share's contents may take, also those that are in a remote store: the server frees none of them, and writes beyond it fail after a minute. Left out, it is 85 % of the volume divided by the shares on it; that share of a volume counts from the server's next start on. A change of this field restarts the server once.",
    ).exactOptional(),
    readBufferSize: quantity(
      "Memory in which the server keeps what clients read of the share. Left out, the server takes an eighth of its memory for each share. A change restarts the server once.",
    ).exactOptional(),
    encryptData: bool(
      "True lets in only SMB clients that encrypt (SMB 3). Left out, it is false. A change restarts the server once.",
    ).exactOptional(),
    trash: trash.exactOptional(),
    nfs: shareNfs.exactOptional(),
    smb: shareSmb.exactOptional(),
    permissions: permissions.exactOptional(),
    snapshots: snapshots.exactOptional(),
  },
  { rules: [keptStore("metadataStore"), keptStore("localStore"), keptRemoteStore, retentionOfRemote, keptOwner] },
);

/** What the server exports. */
export const shares = listMap(
  "Shares that the server exports. A share that is removed here is disabled on the server and keeps its data; under the deletionPolicy Delete it is removed there, with the stores that nobody else uses, while its files stay on the volume and in the bucket. Shares made by hand are left alone.",
  ["name"],
  share,
  {
    maxItems: 256,
  },
).exactOptional();
