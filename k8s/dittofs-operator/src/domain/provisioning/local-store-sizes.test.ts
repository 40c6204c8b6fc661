import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { DittoServerSpec } from "../../api/ditto-server.ts";
import { aServer } from "../testing/a-server.ts";
import { localStoreSizes } from "./local-store-sizes.ts";

const gi = 2n ** 30n;
const storage = { contentSize: "20Gi", cacheSize: "10Gi", accessMode: "ReadWriteOnce" } as const;
const stores: NonNullable<DittoServerSpec["stores"]> = {
  local: [
    { name: "fast", type: "filesystem", filesystem: { volume: "cache" } },
    { name: "more", type: "filesystem", filesystem: { volume: "content" } },
    { name: "ram", type: "memory" },
  ],
};
const sizesOf = (shares: NonNullable<DittoServerSpec["shares"]>) =>
  Object.fromEntries(localStoreSizes(aServer({ storage, stores, shares })));

test("one share may take 85 % of its volume", () => {
  assert.deepEqual(sizesOf([{ name: "/a" }]), { "/a": 17n * gi });
});

test("the shares of a volume divide it, also when they are on different stores", () => {
  assert.deepEqual(sizesOf([{ name: "/a" }, { name: "/b", localStore: "more" }, { name: "/c", localStore: "fast" }]), {
    "/a": (17n * gi) / 2n,
    "/b": (17n * gi) / 2n,
    "/c": (85n * 10n * gi) / 100n,
  });
});

test("a given size is taken as it is, in bytes", () => {
  assert.deepEqual(sizesOf([{ name: "/a", localStoreSize: "1500M" }]), { "/a": 1_500_000_000n });
});

test("a share in memory has a size only if one is given", () => {
  assert.deepEqual(
    sizesOf([
      { name: "/a", localStore: "ram" },
      { name: "/b", localStore: "ram", localStoreSize: "1Gi" },
    ]),
    { "/b": gi },
  );
});

test("what the shares of a volume get by default never exceeds 85 % of it", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 256 }), fc.integer({ min: 1, max: 1_000_000 }), (count, mebibytes) => {
      const shares = Array.from({ length: count }, (_, index) => ({ name: `/s${index}` }));
      const server = aServer({ storage: { contentSize: `${mebibytes}Mi`, accessMode: "ReadWriteOnce" }, shares });
      const sizes = [...localStoreSizes(server).values()];
      assert.equal(sizes.length, count);
      const total = sizes.reduce((sum, size) => sum + size, 0n);
      assert.ok(total * 100n <= BigInt(mebibytes) * 2n ** 20n * 85n);
    }),
  );
});
