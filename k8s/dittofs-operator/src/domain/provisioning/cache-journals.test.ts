import assert from "node:assert/strict";
import { test } from "node:test";
import type { DittoServerSpec } from "../../api/ditto-server.ts";
import { aLiveDittoFs, aLiveShare, aLiveStore } from "../testing/a-live-dittofs.ts";
import { aServer } from "../testing/a-server.ts";
import { journals, settledJournals } from "./cache-journals.ts";
import type { LiveDittoFs } from "./live-dittofs.ts";
import { wantedDittoFs } from "./provisioning.ts";

const gi = 2n ** 30n;
const both = { contentSize: "20Gi", cacheSize: "10Gi", accessMode: "ReadWriteOnce" } as const;
const remote = [{ name: "offsite", type: "memory" }] as const;
type Shares = NonNullable<DittoServerSpec["shares"]>;
const team: Shares[number] = { name: "/team", remoteStore: "offsite" };
const asked = (shares: Shares = [team], spec: Partial<DittoServerSpec> = {}) =>
  wantedDittoFs(aServer({ storage: both, stores: { remote }, shares, ...spec }));

const localStores = [aLiveStore(), aLiveStore({ name: "default-cache" })];
const on = (store: string) => ({
  localStores,
  shares: [aLiveShare({ name: "/team", localStoreId: `id-of-${store}` })],
});
const declaredShares = new Set(["/team"]);

const rows: readonly {
  readonly name: string;
  readonly asked?: ReturnType<typeof asked>;
  readonly live: Partial<LiveDittoFs>;
  readonly store: string;
  readonly size: bigint | undefined;
  readonly made: readonly string[];
}[] = [
  {
    name: "a new share that uploads has its journal on the cache volume",
    live: {},
    store: "default-cache",
    size: (10n * gi * 85n) / 100n,
    made: ["default-cache"],
  },
  {
    name: "one that was there before the cache volume stays on the content volume, with its room there",
    live: { ...on("default"), declaredShares },
    store: "default",
    size: 17n * gi,
    made: ["default"],
  },
  {
    name: "one that lies on the cache volume stays there",
    live: { ...on("default-cache"), declaredShares },
    store: "default-cache",
    size: (10n * gi * 85n) / 100n,
    made: ["default-cache"],
  },
  {
    name: "one that the server has forgotten is made again on the content volume, where it was",
    live: { declaredShares, journals: new Map([["/team", "content"]]) },
    store: "default",
    size: 17n * gi,
    made: ["default"],
  },
  {
    name: "one that the server has forgotten is made again on the cache volume, where it was",
    live: { declaredShares, journals: new Map([["/team", "cache"]]) },
    store: "default-cache",
    size: (10n * gi * 85n) / 100n,
    made: ["default-cache"],
  },
  {
    name: "as long as nobody knows where a share lies its room is not changed",
    live: { ...on("default"), localStores: [] },
    store: "default-cache",
    size: undefined,
    made: ["default-cache"],
  },
  {
    name: "a share that names its local store lies there",
    asked: asked([{ ...team, localStore: "default" }]),
    live: {},
    store: "default",
    size: 17n * gi,
    made: ["default"],
  },
  {
    name: "a share that uploads nothing lies on the content volume",
    asked: asked([{ name: "/team" }]),
    live: {},
    store: "default",
    size: 17n * gi,
    made: ["default"],
  },
  {
    name: "without a content volume there is one place only",
    asked: asked([team], { storage: { cacheSize: "10Gi", accessMode: "ReadWriteOnce" } }),
    live: {},
    store: "default",
    size: (10n * gi * 85n) / 100n,
    made: ["default"],
  },
  {
    name: "a default store that the spec declares is the one of every share that names none",
    asked: asked([team], {
      stores: { remote, local: [{ name: "default", type: "filesystem", filesystem: { volume: "content" } }] },
    }),
    live: {},
    store: "default",
    size: 17n * gi,
    made: ["default"],
  },
];

for (const { name, asked: wish = asked(), live, store, size, made } of rows)
  test(name, () => {
    const shown = aLiveDittoFs(live);
    const settled = settledJournals(wish, { ...shown, journals: journals(wish, shown, shown.journals) });
    const [share] = settled.shares;
    assert.deepEqual([share?.localStore, share?.localStoreSizeBytes], [store, size]);
    assert.deepEqual(
      settled.localStores.map((each) => each.name),
      made,
    );
  });

test("where shares lie is remembered while they are not shown, and no longer than the spec names them", () => {
  type Shown = Parameters<typeof journals>[1];
  const places = (shown: Partial<Shown>, before: Parameters<typeof journals>[2] = new Map(), wish = asked()) =>
    Object.fromEntries(journals(wish, { shares: [], localStores: [], declaredShares: new Set(), ...shown }, before));
  const [cache, content] = [{ "/team": "cache" }, { "/team": "content" }] as const;
  assert.deepEqual(places(on("default-cache")), cache);
  assert.deepEqual(places(on("default"), new Map(Object.entries(cache))), content);
  assert.deepEqual(places({}, new Map(Object.entries({ ...cache, "/gone": "cache" }))), cache);
  assert.deepEqual(places({}, new Map(Object.entries(cache)), asked([])), {});
  assert.deepEqual(places({ declaredShares }), content, "known from before the cache volume");
  assert.deepEqual(places({}), {}, "a new one");
  const hidden = { localStores, shares: [aLiveShare({ name: "/team", localStoreId: "default", isAssumed: true })] };
  assert.deepEqual(places(hidden, new Map(Object.entries(cache))), cache, "one on a bucket that does not answer");
});
