import assert from "node:assert/strict";
import { test } from "node:test";
import type { DittoServer, ShareSpec } from "../src/api/ditto-server.ts";
import type { DittoFsAnswered } from "../src/domain/dittofs-seen.ts";
import { notedShares } from "../src/domain/status.ts";
import { aServer } from "../src/domain/testing/a-server.ts";
import { DoubleProvisioning } from "./provisioning/double-provisioning.ts";
import { notedPass } from "./provisioning/noted-pass.ts";

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
  readonly loaded: () =>
    | { readonly encryptData: boolean; readonly requireKerberos: boolean; readonly enabled: boolean }
    | undefined;
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
        const seen = await notedPass(double, { ...given, ...(status !== undefined && { status }) });
        assert.ok(seen.kind === "answered");
        const { loadedShares, shareRestart } = seen;
        status = { applied: { ...notedShares(loadedShares), ...(shareRestart && { shareRestart }) } };
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
        return row && { encryptData: row.encryptData, requireKerberos: row.nfs.requireKerberos, enabled: row.enabled };
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

/** Who mounts a share that asks for no Kerberos keeps what he has got, so that it must be closed until it asks. */
const isOpenToAll = ({ loaded }: At): boolean => loaded()?.enabled === true && loaded()?.requireKerberos === false;

test(
  "a new share that requires Kerberos costs one restart, is closed before it and open after it, also when the operator is killed",
  {
    timeout: 60_000,
  },
  () =>
    withDouble(async (at) => {
      const { double, pass, restart, killOperator, loaded } = at;
      const kerberos = server(2, { nfs: { requireKerberos: true } });
      await pass(aServer({ storage }));
      const { requests } = await double.requestsOf(async () => assert.ok((await pass(kerberos)).outdated));
      const paths = requests.filter(({ method }) => method !== "GET").map(({ method, path }) => `${method} ${path}`);
      const made = paths.indexOf("POST /api/v1/shares");
      assert.equal(paths[made + 1], "POST /api/v1/shares/a/disable", "nothing comes between");
      assert.ok(!isOpenToAll(at));
      killOperator();
      assert.notEqual((await pass(kerberos)).outdated, undefined);
      assert.ok(!isOpenToAll(at));
      await restart();
      assert.equal((await pass(kerberos)).outdated, undefined);
      assert.deepEqual(loaded(), { encryptData: false, requireKerberos: true, enabled: true });
    }),
);

/** The calls with which such a share is made, and after which of them the operator is killed before it writes a status. */
const makingOf = [
  ["POST /api/v1/shares", "after the share is made"],
  ["POST /api/v1/shares/a/disable", "after it is closed"],
  ["PATCH /api/v1/shares/a/adapters/nfs/config", "after it is told of Kerberos"],
] as const;

for (const [index, [, when]] of makingOf.entries()) {
  test(`killed ${when}, the operator's successor does not open it before a start`, { timeout: 60_000 }, () =>
    withDouble(async (at) => {
      const { double, pass, restart, loaded } = at;
      const body = {
        name: "/a",
        metadata_store_id: "default",
        local_block_store: "default",
        local_store_size: "17GiB",
      };
      // What the one that was killed had got done in this process, of which no status tells.
      const provisioned = server(1, {});
      await double.pass({ ...provisioned, spec: { ...provisioned.spec, shares: [{ name: "/other" }] } });
      double.sessions.forget(provisioned.metadata.uid);
      double.sessions.seeProcess(provisioned.metadata.uid, "pod/0");
      const calls = [body, undefined, { require_kerberos: true }];
      for (const [at, [request]] of makingOf.slice(0, index + 1).entries()) {
        const [method = "", path = ""] = request.split(" ");
        await double.fresh.call(method, path, calls[at]);
      }
      const kerberos = server(2, { nfs: { requireKerberos: true } }, [{ name: "/other" }]);
      assert.notEqual((await pass(kerberos)).outdated, undefined);
      assert.ok(!isOpenToAll(at));
      await restart();
      assert.equal((await pass(kerberos)).outdated, undefined);
      assert.deepEqual(loaded(), { encryptData: false, requireKerberos: true, enabled: true });
    }),
  );
}

test(
  "on a server that keeps nothing such a share stays closed, and the outcome says what it takes",
  { timeout: 60_000 },
  () =>
    withDouble(async (at) => {
      const { double, pass, restart } = at;
      const kerberos = server(2, { nfs: { requireKerberos: true } });
      await pass(aServer({ storage }));
      assert.notEqual((await pass(kerberos)).outdated, undefined);
      await double.fresh.call("DELETE", "/api/v1/shares/a");
      await restart();
      const after = await pass(kerberos);
      assert.deepEqual([after.outdated, after.waitingShares], [undefined, ["/a"]]);
      const { result } = after.outcomes.find(({ name }) => name === "/a") ?? {};
      assert.match(result?.kind === "failed" ? result.message : "", /kept disabled/);
      assert.ok(!isOpenToAll(at));
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
