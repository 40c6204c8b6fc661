import assert from "node:assert/strict";
import { test } from "node:test";
import type { ShareSpec } from "../../api/ditto-server.ts";
import { aLiveDittoFs, aLiveShare } from "../testing/a-live-dittofs.ts";
import { aServer } from "../testing/a-server.ts";
import { nfsAsCreated } from "../testing/nfs-as-created.ts";
import { aPresentShare, shareChangeOf } from "../testing/share-change-of.ts";
import { loadedShares } from "./loaded-shares.ts";
import { withClosedShares } from "./share-guard.ts";
import type { ShareNfsSettings } from "./share-settings.ts";
import { loadedOtherwise, loadedUnprotected, startDigest } from "./start-settings.ts";
import { wantedShares } from "./wanted-shares.ts";

const kerberos = { requireKerberos: true } as const;
const unprotected = new Map([["/export", loadedUnprotected]]);
const withKerberos = { kind: "read", settings: { ...nfsAsCreated, ...kerberos } } as const;

const made: readonly (readonly [name: string, nfs: ShareSpec["nfs"], closed: boolean])[] = [
  ["a share that requires Kerberos is closed as soon as it is made", kerberos, true],
  ["a share that refuses AUTH_SYS is closed as soon as it is made", { allowAuthSys: false }, true],
  ["a share that asks for privacy is closed as soon as it is made", { minKerberosLevel: "krb5p" }, true],
  ["a share with allowed clients is closed until it names them", { allowedClients: ["192.0.2.0/24"] }, true],
  ["a share that anybody may mount is open at once", { squash: "all_to_guest", disableReaddirplus: true }, false],
];

for (const [name, nfs, closed] of made) {
  test(name, () => {
    const names = (shareChangeOf({ ...(nfs && { nfs }) }, {})?.calls ?? []).map((call) => call.name);
    const after = names.slice(names.indexOf("createShare") + 1);
    assert.deepEqual(after, [...(closed ? ["disableShare"] : []), "patchShareNfsConfig"]);
  });
}

const later: readonly {
  readonly name: string;
  readonly because: string;
  readonly nfs: NonNullable<ShareSpec["nfs"]>;
  readonly live: Parameters<typeof shareChangeOf>[1];
  readonly calls: readonly string[];
}[] = [
  {
    name: "it stays closed in the process that made it",
    because: "that process lets in whoever comes without Kerberos",
    nfs: kerberos,
    live: { ...aPresentShare({ enabled: false }, withKerberos), loadedShares: unprotected },
    calls: [],
  },
  {
    name: "it is closed again when somebody opens it before the start",
    because: "an answer to the call that closed it may have been lost too",
    nfs: kerberos,
    live: { ...aPresentShare({ enabled: true }), loadedShares: unprotected },
    calls: ["disableShare", "patchShareNfsConfig"],
  },
  {
    name: "it is opened in the next process",
    because: "that one has loaded it with what was set",
    nfs: kerberos,
    live: { ...aPresentShare({ enabled: false }, withKerberos), loadedShares: new Map([["/export", "digest"]]) },
    calls: ["enableShare"],
  },
  {
    name: "a share that has served without Kerberos is not closed",
    because: "it has clients, which a restart disturbs less",
    nfs: kerberos,
    live: { ...aPresentShare({}), loadedShares: new Map([["/export", loadedOtherwise]]) },
    calls: ["patchShareNfsConfig"],
  },
  {
    name: "a share whose NFS settings are not known is not opened",
    because: "nobody could say that they protect it",
    nfs: kerberos,
    live: { ...aPresentShare({ enabled: false }), shareNfsConfigs: new Map() },
    calls: [],
  },
  {
    name: "a share is opened after it names its clients",
    because: "who mounts it before keeps what he has got",
    nfs: { allowedClients: ["192.0.2.0/24"] },
    live: aPresentShare({ enabled: false }),
    calls: ["createNetgroup", "addNetgroupMember", "patchShareNfsConfig", "enableShare"],
  },
];

for (const { name, because, nfs, live, calls } of later) {
  test(`${name}, because ${because}`, () => {
    const names = (shareChangeOf({ nfs }, live)?.calls ?? []).map((call) => call.name);
    assert.deepEqual(names, calls);
  });
}

const found: readonly {
  readonly name: string;
  readonly because: string;
  readonly shown: { readonly enabled: boolean; readonly nfs?: Partial<ShareNfsSettings> };
  readonly isKnown: boolean;
  readonly digest: string;
}[] = [
  {
    name: "closed, as wanted and in no status, it counts as made by this process",
    because: "an operator that is killed before its status leaves it so",
    shown: { enabled: false, nfs: kerberos },
    isKnown: false,
    digest: loadedUnprotected,
  },
  {
    name: "open, without Kerberos and in no status, it counts as made by this process",
    because: "an operator that is killed right after the POST leaves it so",
    shown: { enabled: true },
    isKnown: false,
    digest: loadedUnprotected,
  },
  {
    name: "closed, as wanted and known from an earlier process, it counts as loaded",
    because: "this process started after it was set",
    shown: { enabled: false, nfs: kerberos },
    isKnown: true,
    digest: startDigest(theShare()),
  },
  {
    name: "open and as wanted it counts as loaded, also when no status tells of it",
    because: "an earlier DittoServer of this name has left it",
    shown: { enabled: true, nfs: kerberos },
    isKnown: false,
    digest: startDigest(theShare()),
  },
];

function theShare() {
  const [share] = wantedShares(aServer({ shares: [{ name: "/export", nfs: kerberos }] }));
  assert.ok(share);
  return share;
}

for (const { name, because, shown, isKnown, digest } of found) {
  test(`at the first look at a process: ${name}, because ${because}`, () => {
    const live = aLiveDittoFs({
      shares: [aLiveShare({ enabled: shown.enabled })],
      shareNfsConfigs: new Map([["id-of-/export", { kind: "read", settings: { ...nfsAsCreated, ...shown.nfs } }]]),
      declaredShares: new Set(isKnown ? ["/export"] : []),
    });
    assert.equal(loadedShares([theShare()], live, undefined).get("/export"), digest);
  });
}

test("a closed share is a failure only when no start comes for it any more", () => {
  const outcomes = [{ family: "share", name: "/export", result: { kind: "asWanted" } }] as const;
  const shares = [{ name: "/export", isServing: false, message: "", awaitsStart: true }] as const;
  assert.deepEqual(withClosedShares(outcomes, { shares, waitingShares: [] }), outcomes);
  const [failed] = withClosedShares(outcomes, { shares, waitingShares: ["/export"] });
  assert.match(
    failed?.result.kind === "failed" ? failed.result.message : "",
    /^Share \/export is kept disabled: .*sqlite/,
  );
});
