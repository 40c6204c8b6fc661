import assert from "node:assert/strict";
import { test } from "node:test";
import type { DittoServerSpec } from "../../api/ditto-server.ts";
import { aServer } from "../testing/a-server.ts";
import { anAnswer } from "../testing/a-world.ts";
import { shareWarnings } from "./share-warnings.ts";

const own = { metadata: [{ name: "own", type: "memory" }] } as const;
const inMemory = { local: [{ name: "ram", type: "memory" }] } as const;
const volumes = { metadataSize: "5Gi", contentSize: "20Gi", accessMode: "ReadWriteOnce" } as const;
const uploading = { name: "/up", remoteStore: "bucket" };
const bare = aServer();

const rows: readonly {
  readonly name: string;
  readonly spec: Partial<DittoServerSpec>;
  readonly warned: readonly RegExp[];
}[] = [
  { name: "a quota of the only share is what it says", spec: { shares: [{ name: "/a", quota: "1Gi" }] }, warned: [] },
  {
    name: "a quota counts the other share on the store too",
    spec: { shares: [{ name: "/a", quota: "1Gi" }, { name: "/b" }] },
    warned: [/^spec\.shares\[\]\.quota of \/a counts the files of all shares on the same metadata store\./],
  },
  {
    name: "a quota on a store of its own costs the durable handles of SMB",
    spec: { stores: own, shares: [{ name: "/a", quota: "1Gi", metadataStore: "own" }, { name: "/b" }] },
    warned: [/^The server has 2 metadata stores, with which it gives SMB clients no durable handles/],
  },
  {
    name: "without SMB nobody misses durable handles",
    spec: {
      smb: { ...bare.spec.smb, enabled: false },
      stores: own,
      shares: [{ name: "/a", metadataStore: "own" }, { name: "/b" }],
    },
    warned: [],
  },
  {
    name: "allowed clients hold for NFSv3 only (measured A3)",
    spec: { shares: [{ name: "/a", nfs: { allowedClients: ["10.0.0.0/8"] } }] },
    warned: [/^spec\.shares\[\]\.nfs\.allowedClients of \/a holds for NFSv3 only/],
  },
  {
    name: "a share that uploads gets no larger by that, which whoever sizes it knows",
    spec: {
      storage: volumes,
      shares: [uploading, { ...uploading, name: "/sized", localStoreSize: "1Gi" }, { name: "/c" }],
    },
    warned: [/^Share \/up has a remote store and holds no more than its part of the volume/],
  },
  {
    name: "a share that uploads from memory shows zeros after each restart",
    spec: { storage: volumes, stores: inMemory, shares: [{ ...uploading, localStore: "ram", localStoreSize: "1Gi" }] },
    warned: [/^Share \/up has a remote store and its local store in memory: .* read as zeros, .*"dfsctl share warm"/],
  },
  {
    name: "of many shares some are named",
    spec: { shares: Array.from({ length: 12 }, (_, index) => ({ name: `/s${index}`, quota: "1Gi" })) },
    warned: [/ \/s0, .*, \/s9 and 2 more counts /],
  },
];

for (const { name, spec, warned } of rows) {
  test(name, () => {
    const given = shareWarnings({ server: aServer(spec), dittofs: anAnswer() });
    assert.equal(given.length, warned.length, given.join("\n"));
    for (const [index, pattern] of warned.entries()) assert.match(given[index] ?? "", pattern);
  });
}
