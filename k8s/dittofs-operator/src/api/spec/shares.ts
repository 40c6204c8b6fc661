import { bool, listMap, object, oneOf, quantity, text } from "../schema/vocabulary.ts";
import { storeName } from "./stores.ts";

const nfs = object("How NFS clients see the share.", {
  squash: oneOf("What becomes of client users. Left out, it is root_to_guest: uid 0 acts as nobody.", [
    "none",
    "root_to_admin",
    "root_to_guest",
    "all_to_admin",
    "all_to_guest",
  ]).exactOptional(),
});

const share = object("A share.", {
  name: text(
    "Path that clients mount, such as /export. While smb is enabled it is one lower-case component, because SMB looks names up in lower case.",
    {
      minLength: 2,
      maxLength: 80,
      form: {
        pattern: "^(/[a-zA-Z0-9_][-a-zA-Z0-9._]*)+$",
        message: "must be a path such as /export, of letters, digits, ., _ and -",
      },
    },
  ),
  metadataStore: storeName.exactOptional(),
  localStore: storeName.exactOptional(),
  enabled: bool("False keeps the share and its data and refuses clients. Left out, it is true.").exactOptional(),
  readOnly: bool("True refuses every write. Left out, it is false.").exactOptional(),
  defaultPermission: oneOf("What users without a grant of their own may do. Left out, it is none.", [
    "none",
    "read",
    "read-write",
    "admin",
  ]).exactOptional(),
  localStoreSize: quantity(
    "How much of the volume the share's contents may take. Left out, it is 85 % of the volume divided by the shares on it. A change restarts the server once.",
  ).exactOptional(),
  nfs: nfs.exactOptional(),
});

/** What the server exports. */
export const shares = listMap(
  "Shares that the server exports. A share that is removed here is disabled on the server and keeps its data.",
  ["name"],
  share,
  {
    maxItems: 256,
  },
).exactOptional();
