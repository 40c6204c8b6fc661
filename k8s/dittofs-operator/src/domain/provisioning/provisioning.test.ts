import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { DittoServerSpec } from "../../api/ditto-server.ts";
import { aLiveDittoFs, aLiveShare, aLiveStore } from "../testing/a-live-dittofs.ts";
import { aServer } from "../testing/a-server.ts";
import { nfsAsCreated } from "../testing/nfs-as-created.ts";
import { isAsWanted } from "./change.ts";
import { changes, wantedDittoFs } from "./provisioning.ts";

const storage = { metadataSize: "5Gi", contentSize: "20Gi", accessMode: "ReadWriteOnce" } as const;

test("objects are handled in the order in which they can be made", () => {
  const wanted = wantedDittoFs(aServer({ storage, shares: [{ name: "/a" }, { name: "/b" }] }));
  assert.deepEqual(
    changes(wanted, aLiveDittoFs()).map(({ family, name }) => `${family} ${name}`),
    ["adapter nfs", "adapter smb", "metadataStore default", "localStore default", "share /a", "share /b"],
  );
});

test("what was made by hand and is not declared is not even looked at", () => {
  const live = aLiveDittoFs({
    shares: [aLiveShare({ name: "/by-hand", enabled: false })],
    metadataStores: [aLiveStore({ name: "by-hand" })],
    localStores: [aLiveStore({ name: "by-hand" })],
  });
  const names = changes(wantedDittoFs(aServer({ storage })), live).map(({ name }) => name);
  assert.deepEqual(names, ["nfs", "smb"]);
});

test("a share that is no longer declared is left alone with its stores", () => {
  const live = aLiveDittoFs({ shares: [aLiveShare()], metadataStores: [aLiveStore()], localStores: [aLiveStore()] });
  const left = changes(wantedDittoFs(aServer({ storage, shares: [] })), live);
  assert.deepEqual(
    left.flatMap(({ calls }) => calls.map(({ name }) => name)),
    ["putAdapter"],
    "only the SMB port",
  );
});

const shareSpec = fc.record(
  {
    name: fc.constantFrom("/a", "/b", "/c"),
    enabled: fc.boolean(),
    readOnly: fc.boolean(),
    defaultPermission: fc.constantFrom("none", "read", "read-write", "admin"),
    localStoreSize: fc.constantFrom("1Gi", "1500Mi", "2G"),
    nfs: fc.record({ squash: fc.constantFrom("none", "root_to_guest", "all_to_guest") }),
  } as const,
  { requiredKeys: ["name"] },
);
const shares: fc.Arbitrary<NonNullable<DittoServerSpec["shares"]>> = fc.uniqueArray(shareSpec, {
  selector: ({ name }) => name,
});

test("no call ever names an object that the spec does not name", () => {
  fc.assert(
    fc.property(shares, shares, (declared, byHand) => {
      const live = aLiveDittoFs({ shares: byHand.map(({ name }) => aLiveShare({ name })) });
      const names = new Set(declared.map(({ name }) => name));
      const left = changes(wantedDittoFs(aServer({ storage, shares: declared })), live);
      for (const { name, family } of left) assert.ok(family !== "share" || names.has(name));
    }),
  );
});

test("the same spec and server give the same changes, whatever the order of the server's lists", () => {
  fc.assert(
    fc.property(shares, shares, (declared, byHand) => {
      const wanted = wantedDittoFs(aServer({ storage, shares: declared }));
      const live = byHand.map(({ name }) => aLiveShare({ name }));
      const forward = changes(wanted, aLiveDittoFs({ shares: live }));
      assert.deepEqual(changes(wanted, aLiveDittoFs({ shares: live.toReversed() })), forward);
    }),
  );
});

test("a server that has what is wanted asks for nothing", () => {
  fc.assert(
    fc.property(shares, (declared) => {
      const wanted = wantedDittoFs(aServer({ storage, shares: declared }));
      const store = (each: { readonly name: string; readonly type: string; readonly config: object }) =>
        aLiveStore({ ...each, config: { ...each.config } });
      const live = aLiveDittoFs({
        adapters: wanted.adapters.map((adapter) => ({ ...adapter, health: { status: "healthy", message: "" } })),
        metadataStores: wanted.metadataStores.map(store),
        localStores: wanted.localStores.map(store),
        shares: wanted.shares.map(({ name, enabled, readOnly, defaultPermission, localStoreSizeBytes }) =>
          aLiveShare({ name, enabled, readOnly, defaultPermission, localStoreSize: `${localStoreSizeBytes ?? 0n}B` }),
        ),
        shareNfsConfigs: new Map(
          wanted.shares.map(({ name, nfs }) => [
            `id-of-${name}`,
            { kind: "read", settings: { ...nfsAsCreated, ...nfs } },
          ]),
        ),
      });
      assert.deepEqual(
        changes(wanted, live).filter((change) => !isAsWanted(change)),
        [],
      );
    }),
  );
});
