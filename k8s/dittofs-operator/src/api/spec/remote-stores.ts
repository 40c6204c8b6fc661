import { stays } from "../schema/stays.ts";
import { bool, int32, listMap, object, objectName, oneOf, type Rule, text } from "../schema/vocabulary.ts";
import { encryption, onePassphrase } from "./remote-store-encryption.ts";
import { secretKey } from "./secret-key.ts";
import { otherStore, storeName } from "./store-name.ts";

const credentials = object(
  "Secret with the access key. A changed key is sent to the server, which then restarts once.",
  {
    name: objectName("Name of the Secret, in the DittoServer's namespace."),
    accessKeyIdKey: secretKey("Key of the Secret with the access key's id. Left out, access-key-id."),
    secretAccessKeyKey: secretKey("Key of the Secret with the access key itself. Left out, secret-access-key."),
  },
);

const kept = (field: "prefix" | "compression"): Rule => ({
  rule: stays(field, '""'),
  message: `s3.${field} cannot be changed after creation, because what is in the bucket could not be read any more: declare a store of another name`,
  fieldPath: `.${field}`,
});

const keptEncryption: Rule = {
  rule: "has(self.encryption) == has(oldSelf.encryption)",
  message:
    "s3.encryption cannot be added or removed after creation, because what is in the bucket could not be read any more: declare a store of another name",
  fieldPath: ".encryption",
};

const s3 = object(
  "Bucket that holds the store. Needed for the type s3 and for no other. A change of a field that can change restarts the server once.",
  {
    bucket: text("Name of the bucket. It must exist: the server never makes one.", {
      minLength: 3,
      maxLength: 63,
      form: {
        pattern: "^[a-z0-9][-.a-z0-9]*[a-z0-9]$",
        message: "must be a bucket name: 3 to 63 lower-case letters, digits, dots and -",
      },
      rules: [otherStore],
    }),
    prefix: text(
      "What the names of all objects begin with, such as files/. Together with the bucket it belongs to this store alone: a second one would remove the objects of the first as garbage. Left out, there is none.",
      {
        minLength: 2,
        maxLength: 256,
        form: {
          pattern: "^([-a-zA-Z0-9_.]+/)+$",
          message: "must end with / and not begin with it, such as files/ or team/files/",
        },
      },
    ).exactOptional(),
    region: text("Region of the bucket. Left out, us-east-1.", {
      minLength: 1,
      maxLength: 64,
      form: { pattern: "^[-a-zA-Z0-9]+$", message: "must be a region such as eu-central-1" },
    }).exactOptional(),
    endpoint: text(
      "Address of an S3 service that is not AWS, such as https://s3.cubbit.eu. Left out, it is that of AWS in the region.",
      {
        minLength: 8,
        maxLength: 256,
        form: {
          pattern: "^https?://[-a-zA-Z0-9.]+(:[0-9]{1,5})?/?$",
          message: "must be http:// or https://, a host and perhaps a port, such as https://s3.cubbit.eu",
        },
      },
    ).exactOptional(),
    forcePathStyle: bool(
      "True puts the bucket into the path instead of the host name. Left out, it is true when an endpoint is given.",
    ).exactOptional(),
    allowPrivateEndpoint: bool(
      "True lets the endpoint be an address inside the cluster or a private network; without it the server refuses such ones. Left out, false.",
    ).exactOptional(),
    credentialsSecretRef: credentials,
    parallelUploads: int32("How many uploads run at the same time. Left out, or 0, the server adapts it.", {
      min: 0,
      max: 256,
    }).exactOptional(),
    compression: oneOf("How objects are compressed before they are uploaded. Left out, they are not.", [
      "zstd",
      "lz4",
    ]).exactOptional(),
    encryption,
  },
  { rules: [kept("prefix"), kept("compression"), keptEncryption] },
).exactOptional();

const remoteStore = object(
  "A remote block store.",
  {
    name: storeName("Name of the store on the server."),
    type: oneOf("memory is for tests and loses everything at a restart; s3 keeps it in a bucket.", ["memory", "s3"], {
      rules: [otherStore],
    }),
    s3,
  },
  {
    rules: [
      {
        rule: 'has(self.s3) == (self.type == "s3")',
        message:
          "s3 must be given for the type s3 and for no other: name the bucket and the Secret with its access key",
        fieldPath: ".s3",
      },
    ],
  },
);

const endpointOf = (store: string): string => `(has(${store}.s3.endpoint) ? ${store}.s3.endpoint : "")`;
const prefixOf = (store: string): string => `(has(${store}.s3.prefix) ? ${store}.s3.prefix : "")`;

const ownPlaces: Rule = {
  rule: `self.all(a, !has(a.s3) || self.exists_one(b, has(b.s3) && a.s3.bucket == b.s3.bucket && ${prefixOf("a")} == ${prefixOf("b")} && ${endpointOf("a")} == ${endpointOf("b")}))`,
  message:
    "two stores have one bucket and prefix, and each would remove the other's objects as garbage: give each a prefix of its own",
};

/** Where file contents are uploaded to. */
export const remoteStores = listMap(
  "Remote block stores: file contents are uploaded to them, and the local store then only holds what is in use. Names and attributes of files stay in the metadata store: without it a bucket cannot be read.",
  ["name"],
  remoteStore,
  { maxItems: 16, rules: [ownPlaces, onePassphrase] },
);
