import assert from "node:assert/strict";
import { test } from "node:test";
import type { DittoServer, ShareSpec } from "../src/api/ditto-server.ts";
import type { DittoFsAnswered } from "../src/domain/dittofs-seen.ts";
import { aServer } from "../src/domain/testing/a-server.ts";
import { DoubleProvisioning } from "./provisioning/double-provisioning.ts";

const storage = { metadataSize: "5Gi", contentSize: "20Gi", accessMode: "ReadWriteOnce" } as const;

/** The spec in its n-th generation. */
function server(generation: number, share: Partial<ShareSpec>, more: readonly ShareSpec[] = []): DittoServer {
  const bare = aServer({ storage, shares: [{ name: "/a", ...share }, ...more] });
  return { ...bare, metadata: { ...bare.metadata, generation } };
}

type At = {
  readonly double: DoubleProvisioning;
  readonly pass: (server: DittoServer) => Promise<DittoFsAnswered>;
  /** The process ends and another one starts, as after the deletion of the pod. */
  readonly restart: () => Promise<void>;
  /** The operator ends and another one starts, which knows only what the status says. */
  readonly killOperator: () => void;
  /** What the process works with. */
  readonly loaded: () => { readonly encryptData: boolean; readonly requireKerberos: boolean } | undefined;
};

async function withDouble(work: (at: At) => Promise<void>): Promise<void> {
  const double = await DoubleProvisioning.start();
  const uid = aServer().metadata.uid;
  let starts = 0;
  let status: DittoServer["status"];
  const see = (): void => double.sessions.seeProcess(uid, `pod/${starts}`);
  try {
    see();
    await work({
      double,
      pass: async (given) => {
        const seen = await double.pass({ ...given, ...(status !== undefined && { status }) });
        assert.ok(seen.kind === "answered");
        const { loadedShares, shareRestart } = seen;
        const known = { ...(loadedShares && { loadedShares }), ...(shareRestart && { shareRestart }) };
        status = { applied: known };
        return seen;
      },
      restart: async () => {
        await double.fresh.restart();
        starts += 1;
        see();
      },
      killOperator: () => {
        double.sessions.forget(uid);
        see();
      },
      loaded: () => {
        const row = double.fresh.double.state.shares.get("/a")?.row;
        return row && { encryptData: row.encryptData, requireKerberos: row.nfs.requireKerberos };
      },
    });
  } finally {
    await double.fresh.end();
  }
}

test(
  "a setting that the server reads when it loads a share costs one restart, and is then in force",
  {
    timeout: 60_000,
  },
  () =>
    withDouble(async ({ pass, restart, loaded }) => {
      assert.equal((await pass(server(1, {}))).outdated, undefined);
      const changed = await pass(server(2, { encryptData: true }));
      assert.equal(changed.outdated, "settings of share /a changed that it reads only when it loads a share");
      assert.equal(loaded()?.encryptData, false);
      assert.equal((await pass(server(2, { encryptData: true }))).outdated, changed.outdated, "until it has ended");
      await restart();
      const after = await pass(server(2, { encryptData: true }));
      assert.deepEqual([after.outdated, after.waitingShares], [undefined, []]);
      assert.equal(loaded()?.encryptData, true);
    }),
);

test(
  "an operator that is killed between the change and the restart does not forget the restart",
  {
    timeout: 60_000,
  },
  () =>
    withDouble(async ({ double, pass, restart, killOperator, loaded }) => {
      await pass(server(1, {}));
      killOperator();
      // The change reaches the server, and nobody hears of it.
      await double.fresh.call("PUT", "/api/v1/shares/a", { encrypt_data: true });
      const again = await pass(server(2, { encryptData: true }));
      assert.notEqual(again.outdated, undefined);
      await restart();
      assert.equal((await pass(server(2, { encryptData: true }))).outdated, undefined);
      assert.equal(loaded()?.encryptData, true);
    }),
);

test(
  "a new share that requires Kerberos costs one restart, also when the operator is killed before it",
  {
    timeout: 60_000,
  },
  () =>
    withDouble(async ({ pass, restart, killOperator, loaded }) => {
      const kerberos = server(2, { nfs: { requireKerberos: true } });
      await pass(aServer({ storage }));
      assert.notEqual((await pass(kerberos)).outdated, undefined);
      assert.equal(loaded()?.requireKerberos, false);
      killOperator();
      assert.notEqual((await pass(kerberos)).outdated, undefined);
      await restart();
      assert.equal((await pass(kerberos)).outdated, undefined);
      assert.equal(loaded()?.requireKerberos, true);
    }),
);

test(
  "a change by hand is put back without a restart, and so is a share added, although the sizes of all change",
  {
    timeout: 60_000,
  },
  () =>
    withDouble(async ({ double, pass }) => {
      await pass(server(1, {}));
      await double.fresh.call("PUT", "/api/v1/shares/a", { encrypt_data: true });
      const back = await pass(server(1, {}));
      assert.equal(back.outcomes.find(({ name }) => name === "/a")?.result.kind, "changed");
      assert.equal(back.outdated, undefined);
      assert.equal((await pass(server(2, {}, [{ name: "/b" }]))).outdated, undefined);
    }),
);

test(
  "a server that comes up without its shares is restarted once for what they need, and not again and again",
  {
    timeout: 60_000,
  },
  () =>
    withDouble(async ({ double, pass, restart }) => {
      const kerberos = server(2, { nfs: { requireKerberos: true } });
      await pass(aServer({ storage }));
      assert.notEqual((await pass(kerberos)).outdated, undefined);
      for (let starts = 0; starts < 2; starts += 1) {
        await double.fresh.call("DELETE", "/api/v1/shares/a");
        await restart();
        const after = await pass(kerberos);
        assert.equal(after.outdated, undefined);
        assert.deepEqual(after.waitingShares, ["/a"]);
      }
    }),
);
