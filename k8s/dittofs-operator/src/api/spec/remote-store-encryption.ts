import { object, objectName, oneOf, type Rule } from "../schema/vocabulary.ts";
import { secretKey } from "./secret-key.ts";

const DEFAULT_CIPHER = "aes-256-gcm";
const cipherOf = (encryption: "self" | "oldSelf"): string =>
  `(has(${encryption}.cipher) ? ${encryption}.cipher : "${DEFAULT_CIPHER}")`;

/** How a remote store keeps its contents from whoever can read the bucket. */
export const encryption = object(
  "Encrypts contents before they are uploaded, for this store alone. Names, sizes and attributes of files, and what the local store holds, stay in clear. It cannot be added, changed or removed later. Left out, nothing is encrypted.",
  {
    cipher: oneOf("How contents are encrypted. Left out, aes-256-gcm.", [
      DEFAULT_CIPHER,
      "chacha20-poly1305",
      "xchacha20-poly1305",
    ]).exactOptional(),
    keySecretRef: object(
      "Secret with the key file and its passphrase. Keep a copy elsewhere: whoever loses either of them loses everything that was uploaded. The operator keeps the key file in the Secret NAME-encryption-keys and refuses another key, with which nothing could be read; the same key with another passphrase restarts the server once.",
      {
        name: objectName("Name of the Secret, in the DittoServer's namespace."),
        keyFileKey: secretKey("Key of the Secret with the key file. Left out, key.pem."),
        passphraseKey: secretKey("Key of the Secret with the passphrase of the key file. Left out, passphrase."),
      },
    ),
  },
  {
    rules: [
      {
        rule: `${cipherOf("self")} == ${cipherOf("oldSelf")}`,
        message: `cipher cannot be changed after creation, and left out it is ${DEFAULT_CIPHER}: declare a store of another name`,
        fieldPath: ".cipher",
      },
    ],
  },
).exactOptional();

const isPlain = (store: string): string => `!has(${store}.s3) || !has(${store}.s3.encryption)`;
const secretOf = (store: string): string => `${store}.s3.encryption.keySecretRef`;
const passphraseOf = (store: string): string =>
  `(has(${secretOf(store)}.passphraseKey) ? ${secretOf(store)}.passphraseKey : "passphrase")`;

/** The process takes one passphrase from its environment. */
export const onePassphrase: Rule = {
  rule: `self.all(a, ${isPlain("a")} || self.all(b, ${isPlain("b")} || (${secretOf("a")}.name == ${secretOf("b")}.name && ${passphraseOf("a")} == ${passphraseOf("b")})))`,
  message:
    "s3.encryption.keySecretRef: the server takes one passphrase for all key files: name one Secret and passphraseKey in all stores, with a keyFileKey for each",
};
