import assert from "node:assert/strict";
import { test } from "node:test";
import type { ShareSpec } from "../../api/ditto-server.ts";
import { aLiveDittoFs, aLiveShare } from "../testing/a-live-dittofs.ts";
import { aServer } from "../testing/a-server.ts";
import { nfsAsCreated } from "../testing/nfs-as-created.ts";
import type { LiveShare } from "./live-dittofs.ts";
import { loadedShares, outdatedShares } from "./loaded-shares.ts";
import { type ShareNfsSettings } from "./share-settings.ts";
import { wantedShares } from "./wanted-shares.ts";

type Step = {
  /** What the spec asks. */
  readonly spec: Partial<ShareSpec>;
  /** What the server shows; `none` while the share is not there, `emptyList` when a list came too early. */
  readonly live: Partial<LiveShare> | "none" | "emptyList";
  readonly nfs?: Partial<ShareNfsSettings>;
  /** A process that was not seen before. */
  readonly isNewProcess?: true;
  readonly isOutdated: boolean;
};

const encrypted = { encryptData: true } as const;
const kerberos = { nfs: { requireKerberos: true } } as const;

const rows: readonly { readonly name: string; readonly because: string; readonly steps: readonly Step[] }[] = [
  {
    name: "a setting that was changed is not in the process before its next start",
    because: "the server stores it at once and reads it when it loads the share",
    steps: [
      { spec: {}, live: {}, isOutdated: false },
      { spec: encrypted, live: {}, isOutdated: false },
      { spec: encrypted, live: encrypted, isOutdated: true },
      { spec: encrypted, live: encrypted, isNewProcess: true, isOutdated: false },
    ],
  },
  {
    name: "a setting that goes back before anybody restarts needs no restart",
    because: "the process never had another one",
    steps: [
      { spec: {}, live: {}, isOutdated: false },
      { spec: encrypted, live: encrypted, isOutdated: true },
      { spec: {}, live: {}, isOutdated: false },
    ],
  },
  {
    name: "a setting that was changed by hand and put back needs no restart",
    because: "the process has loaded what is wanted all the time",
    steps: [
      { spec: {}, live: {}, isOutdated: false },
      { spec: {}, live: encrypted, isOutdated: false },
      { spec: {}, live: {}, isOutdated: false },
    ],
  },
  {
    name: "a setting that was changed by hand before a start needs one when it is put back",
    because: "the process has loaded what was set by hand",
    steps: [
      { spec: {}, live: encrypted, isNewProcess: true, isOutdated: false },
      { spec: {}, live: {}, isOutdated: true },
    ],
  },
  {
    name: "a share that is created with its settings has them",
    because: "they are part of the POST",
    steps: [
      { spec: encrypted, live: "none", isOutdated: false },
      { spec: encrypted, live: encrypted, isOutdated: false },
    ],
  },
  {
    name: "a share that is created has not loaded what NFS alone keeps",
    because: "that is no part of the POST",
    steps: [
      { spec: kerberos, live: "none", isOutdated: false },
      { spec: kerberos, live: {}, nfs: kerberos.nfs, isOutdated: true },
      { spec: kerberos, live: {}, nfs: kerberos.nfs, isNewProcess: true, isOutdated: false },
    ],
  },
  {
    name: "what acts at once needs no restart",
    because: "the server takes it up while it runs",
    steps: [
      { spec: {}, live: {}, isOutdated: false },
      {
        spec: { readOnly: true, quota: "1Gi", nfs: { squash: "none", anonymousUid: 1 } },
        live: { readOnly: true, quota: "1.00GiB" },
        nfs: { squash: "none", anonymousUid: 1 },
        isOutdated: false,
      },
    ],
  },
  {
    name: "a size that is given needs a restart, and one that follows from the volume does not",
    because: "the latter changes for every share when one is added",
    steps: [
      { spec: {}, live: { localStoreSize: "17.00GiB" }, isOutdated: false },
      { spec: {}, live: { localStoreSize: "8.50GiB" }, isOutdated: false },
      { spec: { localStoreSize: "2Gi" }, live: { localStoreSize: "2.00GiB" }, isOutdated: true },
    ],
  },
  {
    name: "a share that could not be looked at first is judged when it can be",
    because: "nothing is changed on it meanwhile, so that it shows what the process has loaded",
    steps: [
      { spec: encrypted, live: { ...encrypted, isAssumed: true }, isOutdated: false },
      { spec: encrypted, live: {}, isOutdated: false },
      { spec: encrypted, live: encrypted, isOutdated: true },
    ],
  },
  {
    name: "a list that is empty for a moment makes nobody forget what the process has loaded",
    because: "a server that starts may show one",
    steps: [
      { spec: {}, live: {}, isOutdated: false },
      { spec: encrypted, live: "emptyList", isOutdated: false },
      { spec: encrypted, live: encrypted, isOutdated: true },
    ],
  },
  {
    name: "a share that was removed by hand and made again counts as new",
    because: "it was loaded anew with what the POST said",
    steps: [
      { spec: {}, live: {}, isOutdated: false },
      { spec: encrypted, live: "none", isOutdated: false },
      { spec: encrypted, live: encrypted, isOutdated: false },
    ],
  },
];

for (const { name, because, steps } of rows) {
  test(`${name}, because ${because}`, () => {
    let loaded: ReturnType<typeof loadedShares> | undefined;
    for (const [index, { spec, live, nfs, isNewProcess, isOutdated }] of steps.entries()) {
      const wanted = wantedShares(aServer({ shares: [{ name: "/a", ...spec }] }));
      const other = aLiveShare({ name: "/other" });
      const shown = typeof live === "object" ? [aLiveShare({ name: "/a", ...live })] : [];
      const seen = aLiveDittoFs({
        shares: live === "emptyList" ? [] : [other, ...shown],
        shareNfsConfigs: new Map([["id-of-/a", { kind: "read", settings: { ...nfsAsCreated, ...nfs } }]]),
      });
      loaded = loadedShares(wanted, seen, isNewProcess === true ? undefined : loaded);
      assert.deepEqual(outdatedShares(wanted, seen, loaded), isOutdated ? ["/a"] : [], `step ${index + 1}`);
    }
  });
}
