import assert from "node:assert/strict";
import { test } from "node:test";
import type { DittoFsAnswered } from "../src/domain/dittofs-seen.ts";
import { DoubleProvisioning, writesAmong } from "./provisioning/double-provisioning.ts";
import { Remembering } from "./provisioning/remembering.ts";

async function withDouble(work: (remembering: Remembering) => Promise<void>): Promise<void> {
  const at = await DoubleProvisioning.start();
  try {
    await work(new Remembering(at));
  } finally {
    await at.fresh.end();
  }
}

const two = { shares: [{ name: "/a" }, { name: "/b" }] };

test(
  "shares: [] after having had shares disables them and keeps everything; what somebody does then is left alone",
  {
    timeout: 60_000,
  },
  () =>
    withDouble(async (it) => {
      await it.at.fresh.addStores();
      await it.pass(two);
      await it.at.fresh.addShare("by-hand");
      assert.deepEqual(await it.writes({ shares: [] }), [
        "POST /api/v1/shares/a/disable",
        "POST /api/v1/shares/b/disable",
      ]);
      assert.deepEqual(await it.writes({ shares: [] }), []);
      assert.equal(it.at.fresh.double.state.shares.get("/by-hand")?.row.enabled, true);
      await it.at.fresh.call("POST", "/api/v1/shares/a/enable");
      assert.deepEqual(await it.writes({ shares: [] }), []);
      assert.deepEqual(await it.writes(two), ["POST /api/v1/shares/b/enable"]);
    }),
);

test(
  "a share that leaves the spec while operator and server are down is disabled when they come back",
  {
    timeout: 60_000,
  },
  () =>
    withDouble(async (it) => {
      await it.pass(two);
      it.killOperator();
      await it.restart();
      assert.deepEqual(
        (await it.writes({ shares: [{ name: "/a" }] })).filter((write) => write.startsWith("POST")),
        ["POST /api/v1/shares/b/disable"],
      );
    }),
);

test(
  "with the policy Delete shares go with the stores that nobody else uses, and a name comes back after a restart only",
  {
    timeout: 60_000,
  },
  () =>
    withDouble(async (it) => {
      const deletionPolicy = "Delete";
      await it.pass({ ...two, deletionPolicy });
      const first = await it.pass({ shares: [{ name: "/a" }], deletionPolicy });
      assert.match(resultOf(first, "/b"), /^removed, because spec\.shares no longer names it/);
      const { requests, result } = await it.at.requestsOf(() => it.pass({ shares: [], deletionPolicy }));
      assert.deepEqual(
        writesAmong(requests).map(({ method, path }) => `${method} ${path}`),
        [
          "POST /api/v1/shares/a/disable",
          "DELETE /api/v1/shares/a",
          "DELETE /api/v1/store/metadata/default",
          "DELETE /api/v1/store/block/local/default",
        ],
      );
      for (const each of ["/a", "default"]) assert.match(resultOf(result, each), /^removed, because /);
      assert.deepEqual((await it.pass({ shares: [], deletionPolicy })).loadedShares?.digests, {});

      it.killOperator();
      const again = await it.pass({ ...two, deletionPolicy });
      assert.equal(again.outdated, "metadata store default was removed, and is wanted again");
      assert.deepEqual((await it.at.fresh.call("GET", "/api/v1/store/metadata")).body, []);
      await it.restart();
      const served = await it.pass({ ...two, deletionPolicy });
      assert.equal(served.outdated, undefined);
      assert.ok(served.shares.every(({ isServing }) => isServing));
    }),
);

test("a list that is empty for a moment removes nothing and forgets nothing", { timeout: 60_000 }, () =>
  withDouble(async (it) => {
    await it.pass(two);
    it.at.fresh.double.faults.set("GET /api/v1/shares", { fault: "emptyList", times: 1 });
    assert.deepEqual(await it.writes({ shares: [] }), []);
    assert.equal((await it.writes({ shares: [] })).length, 2);
  }),
);

function resultOf({ outcomes }: DittoFsAnswered, name: string): string {
  const result = outcomes.find((each) => each.name === name)?.result;
  return result?.kind === "changed" ? result.what : String(result?.kind);
}
