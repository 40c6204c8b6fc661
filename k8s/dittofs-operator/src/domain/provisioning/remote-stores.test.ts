import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import type { RemoteStoreSpec } from "../../api/ditto-server.ts";
import type { StoreCredentials } from "../secrets/store-credentials.ts";
import { aLiveDittoFs, aLiveRemoteStore } from "../testing/a-live-dittofs.ts";
import { aServer } from "../testing/a-server.ts";
import type { LiveDittoFs } from "./live-dittofs.ts";
import { remoteStoreChanges, wantedRemoteStores } from "./remote-stores.ts";

type S3 = NonNullable<RemoteStoreSpec["s3"]>;

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const keys = (digest = "k1", id = "AK1"): StoreCredentials => ({
  kind: "usable",
  digest,
  accessKeyIdDigest: sha256(id),
});

function wanted(s3: Partial<S3> = {}, credentials: StoreCredentials = keys()) {
  const spec = { bucket: "files", prefix: "a/", credentialsSecretRef: { name: "keys" }, ...s3 };
  const server = aServer({ stores: { remote: [{ name: "offsite", type: "s3", s3: spec }] } });
  return wantedRemoteStores(server, new Map([["offsite", credentials]]));
}

const config = { bucket: "files", prefix: "a/", access_key_id: "AK1", secret_access_key: "********" };
const live = (changes: object = {}, more: Partial<LiveDittoFs> = {}) =>
  aLiveDittoFs({ remoteStores: [aLiveRemoteStore({ config: { ...config, ...changes } })], ...more });
const changeOf = (...[stores, there]: Parameters<typeof remoteStoreChanges>) => remoteStoreChanges(stores, there)[0];

test("a missing store is created in the server's words, without the access key", () => {
  const stores = wanted({
    region: "eu-west-1",
    endpoint: "https://s3.cubbit.eu",
    forcePathStyle: true,
    allowPrivateEndpoint: false,
    parallelUploads: 8,
    compression: "zstd",
  });
  const change = changeOf(stores, aLiveDittoFs());
  assert.equal(change?.what, "created (bucket files)");
  assert.deepEqual(change?.calls, [
    {
      name: "createRemoteStore",
      body: {
        name: "offsite",
        type: "s3",
        config: {
          bucket: "files",
          prefix: "a/",
          region: "eu-west-1",
          endpoint: "https://s3.cubbit.eu",
          force_path_style: true,
          allow_private_endpoint: false,
          parallel_uploads: 8,
          compression: { algo: "zstd" },
        },
        hasKeys: true,
        digest: stores[0]?.digest,
      },
    },
  ]);
});

test("a store in memory is created without anything", () => {
  const server = aServer({ stores: { remote: [{ name: "scratch", type: "memory" }] } });
  const change = changeOf(wantedRemoteStores(server, new Map([["scratch", { kind: "none" }]])), aLiveDittoFs());
  assert.partialDeepStrictEqual(change?.calls, [
    { name: "createRemoteStore", body: { name: "scratch", type: "memory", config: {}, hasKeys: false } },
  ]);
});

const rows: readonly {
  readonly name: string;
  readonly stores: ReturnType<typeof wanted>;
  readonly live: LiveDittoFs;
  readonly what: string;
}[] = [
  { name: "a store that is as the spec asks is left alone", stores: wanted(), live: live(), what: "" },
  {
    name: "a region that was changed by hand is put back",
    stores: wanted({ region: "eu-west-1" }),
    live: live({ region: "us-east-2" }),
    what: "region changed",
  },
  {
    name: "an address that the spec names no more is taken out",
    stores: wanted(),
    live: live({ endpoint: "https://s3.example.com" }),
    what: "endpoint changed",
  },
  {
    name: "an id of an access key that is not the Secret's is replaced, whatever was sent before",
    stores: wanted(),
    live: live({ access_key_id: "AK0" }),
    what: "access key set",
  },
  {
    name: "a secret part that changed alone is known by its digest",
    stores: wanted(),
    live: live({}, { appliedStores: new Map([["offsite", "another digest"]]) }),
    what: "access key set",
  },
  {
    name: "what was sent once is not sent again while shares still use the earlier one",
    stores: wanted(),
    live: live(
      {},
      {
        appliedStores: new Map([["offsite", "another digest"]]),
        sentStores: new Map([["offsite", wanted()[0]?.digest ?? ""]]),
      },
    ),
    what: "",
  },
];

for (const { name, stores, live: there, what } of rows) {
  test(name, () => {
    const change = changeOf(stores, there);
    assert.equal(change?.problem, undefined);
    assert.equal(change?.what, what);
    assert.equal(change?.calls.length, what === "" ? 0 : 1);
  });
}

test("an update sends everything, because the server replaces the whole, and keeps keys that the spec does not know", () => {
  const change = changeOf(wanted({ region: "eu-west-1" }), live({ region: "us-east-2", durable: false }));
  const [call] = change?.calls ?? [];
  assert.equal(call?.name, "updateRemoteStore");
  assert.deepEqual(call?.body.config, { ...config, region: "eu-west-1", durable: false });
});

for (const [name, changes] of Object.entries({
  "another bucket": { bucket: "elsewhere" },
  "another prefix": { prefix: "b/" },
  "another compression": { compression: { algo: "lz4" } },
})) {
  test(`${name} is left as it is, because what was uploaded could not be read any more`, () => {
    const change = changeOf(wanted(), live(changes));
    assert.deepEqual(change?.calls, []);
    assert.match(
      change?.problem ?? "",
      /^Remote store "offsite" is bucket .* and the spec asks for bucket files with prefix a\/\./,
    );
    assert.match(change?.problem ?? "", /declare a store under another name/);
  });
}

test("a store whose Secret cannot be used is neither created nor changed", () => {
  const stores = wanted({ region: "eu-west-1" }, { kind: "unusable", message: "Secret keys does not exist." });
  for (const there of [aLiveDittoFs(), live()]) {
    const change = changeOf(stores, there);
    assert.deepEqual(change?.calls, []);
    assert.equal(change?.problem, "Remote store offsite: Secret keys does not exist.");
  }
});

const encryption = { keySecretRef: { name: "key" } };
const encrypted = (podVolumes: ReadonlySet<string>) => {
  const s3 = { bucket: "files", credentialsSecretRef: { name: "keys" }, encryption };
  const server = aServer({ stores: { remote: [{ name: "offsite", type: "s3", s3 }] } });
  return wantedRemoteStores(server, new Map([["offsite", keys()]]), podVolumes);
};
const mounted = new Set(["encryption-keys", "encryption-keys/offsite"]);
const policy = { aead: "aes-256-gcm", key: { file: "/encryption-keys/offsite", kind: "local" } };

test("an encrypted store is made once the pod has its key file", () => {
  const [call] = changeOf(encrypted(mounted), aLiveDittoFs())?.calls ?? [];
  assert.partialDeepStrictEqual(call, { name: "createRemoteStore", body: { config: { encryption: policy } } });
  const early = changeOf(encrypted(new Set(["encryption-keys"])), aLiveDittoFs());
  assert.deepEqual(early?.calls, []);
  assert.match(early?.problem ?? "", /^Remote store offsite: The server's pod has not got its key file yet/);
});

test("encryption is never put on, taken off or changed on a store that exists", () => {
  const there = (changes: object) =>
    aLiveDittoFs({ remoteStores: [aLiveRemoteStore({ config: { ...config, prefix: "", ...changes } })] });
  assert.deepEqual(changeOf(encrypted(mounted), there({ encryption: policy }))?.calls, []);
  assert.equal(changeOf(encrypted(mounted), there({ encryption: { key: policy.key } }))?.problem, undefined);
  for (const live of [
    {},
    { encryption: { ...policy, aead: "chacha20-poly1305" } },
    { encryption: { ...policy, key: { file: "/elsewhere", kind: "local" } } },
  ])
    assert.match(changeOf(encrypted(mounted), there(live))?.problem ?? "", /is left as it is/);
  assert.match(changeOf(wanted(), live({ encryption: policy }))?.problem ?? "", /with encryption .* left as it is/);
});
