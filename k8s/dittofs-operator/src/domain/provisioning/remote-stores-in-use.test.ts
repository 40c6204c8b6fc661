import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import type { StoreCredentials } from "../secrets/store-credentials.ts";
import { aLiveDittoFs, aLiveRemoteStore, aLiveShare } from "../testing/a-live-dittofs.ts";
import { aServer } from "../testing/a-server.ts";
import type { LiveDittoFs, LiveRemoteStore } from "./live-dittofs.ts";
import { wantedRemoteStores } from "./remote-stores.ts";
import { remoteStoresInUse } from "./remote-stores-in-use.ts";

const s3 = { bucket: "files", credentialsSecretRef: { name: "keys" } };
const server = aServer({ stores: { remote: [{ name: "offsite", type: "s3", s3 }] } });
const credentials: StoreCredentials = {
  kind: "usable",
  digest: "k1",
  accessKeyIdDigest: createHash("sha256").update("AK1").digest("hex"),
};
const wanted = wantedRemoteStores(server, new Map([["offsite", credentials]]));
const digest = wanted[0]?.digest ?? "";

const there = (changes: Partial<LiveRemoteStore> = {}): Partial<LiveDittoFs> => ({
  remoteStores: [aLiveRemoteStore({ config: { bucket: "files", access_key_id: "AK1" }, ...changes })],
});
const used: Partial<LiveDittoFs> = { shares: [aLiveShare({ remoteStoreId: "id-of-offsite" })] };
const unhealthy = { status: "unhealthy", message: "S3 connectivity check failed" } as const;
const applied = (value: string) => ({ appliedStores: new Map([["offsite", value]]) });
const sent = (value: string) => ({ sentStores: new Map([["offsite", value]]) });

const rows: readonly {
  readonly name: string;
  readonly live: Partial<LiveDittoFs>;
  readonly applied: string | undefined;
  readonly isOutdated: boolean;
}[] = [
  {
    name: "a store that could not be made is not noted",
    live: {},
    applied: undefined,
    isOutdated: false,
  },
  {
    name: "a new store is used as it was made: nothing restarts",
    live: { ...there(), ...used, ...applied(digest) },
    applied: digest,
    isOutdated: false,
  },
  {
    name: "a store that an earlier DittoServer of this name left, with the same access key, is taken over without a restart",
    live: { ...there(), ...used },
    applied: digest,
    isOutdated: false,
  },
  {
    name: "one that still differs is not noted, so that its change restarts the process later",
    live: { ...there({ config: { bucket: "files", access_key_id: "AK0" } }), ...used },
    applied: undefined,
    isOutdated: false,
  },
  {
    name: "a new access key that the object store takes restarts the process, because nothing else makes shares use it (measured H)",
    live: { ...there(), ...used, ...applied("earlier"), ...sent(digest) },
    applied: "earlier",
    isOutdated: true,
  },
  {
    name: "one that the object store refuses restarts nothing: shares go on with the earlier one",
    live: { ...there({ health: unhealthy }), ...used, ...applied("earlier"), ...sent(digest) },
    applied: "earlier",
    isOutdated: false,
  },
  {
    name: "without a share on the store nothing has to restart",
    live: { ...there(), ...applied("earlier"), ...sent(digest) },
    applied: digest,
    isOutdated: false,
  },
  {
    name: "what could not be sent yet restarts nothing",
    live: { ...there(), ...used, ...applied("earlier") },
    applied: "earlier",
    isOutdated: false,
  },
  {
    name: "a server that still shows no stores changes nothing of what is known",
    live: { ...used, ...applied("earlier") },
    applied: "earlier",
    isOutdated: false,
  },
];

for (const { name, live, applied: expected, isOutdated } of rows) {
  test(name, () => {
    const seen = remoteStoresInUse({ deletionPolicy: "Retain", remoteStores: wanted }, aLiveDittoFs(live));
    assert.equal(seen.appliedStores["offsite"], expected);
    assert.equal(seen.outdated !== undefined, isOutdated);
  });
}

for (const [name, remoteStores, removed, isKept] of [
  ["is remembered while it is there", [aLiveRemoteStore()], [], true],
  ["is forgotten when other stores are there and it is not", [aLiveRemoteStore({ name: "other" })], [], false],
  ["is remembered while the list is empty, which is no proof", [], [], true],
  ["is forgotten when the list is empty and it was just removed", [], ["remoteStore offsite"], false],
] as const)
  test(`a store that is to be removed ${name}`, () => {
    const live = aLiveDittoFs({ remoteStores, appliedStores: new Map([["offsite", "digest"]]) });
    const { appliedStores } = remoteStoresInUse({ deletionPolicy: "Delete", remoteStores: [] }, live, new Set(removed));
    assert.equal(appliedStores["offsite"] === "digest", isKept);
    assert.deepEqual(remoteStoresInUse({ deletionPolicy: "Retain", remoteStores: [] }, live).appliedStores, {});
  });
