import assert from "node:assert/strict";
import { test } from "node:test";
import { doubleFor, type FreshDouble } from "../double/fresh-double.ts";
import type { RequestRecord } from "../double/start-double.ts";
import { everyFault } from "./provisioning/fault-trials.ts";
import { StoppingServer } from "./provisioning/stopping-server.ts";

const stats = "GET /api/v1/blockstore/stats";
const drain = "POST /api/v1/system/drain-uploads";
const clients = "GET /api/v1/clients";
const pendingBytes = 5_000_000;
const boundMs = 300_000;

async function serverWithUploads(context: Parameters<typeof doubleFor>[0]): Promise<FreshDouble> {
  const fresh = await doubleFor(context);
  await fresh.addStores();
  await fresh.call("POST", "/api/v1/store/block/remote", { name: "remote", type: "memory" });
  assert.equal((await fresh.addShare("/export", { remote_block_store: "remote" })).status, 201);
  return fresh;
}

const named = ({ method, path }: RequestRecord): string => `${method} ${path}`;
const isLogin = ({ path }: RequestRecord): boolean => path.startsWith("/api/v1/auth/");

/** Drains that the server takes without having been asked between them what is left to upload. */
function repeatedDrains(requests: readonly RequestRecord[]): number {
  const taken = requests.filter(({ status }) => status === 200).map(named);
  return taken.filter((each, place) => each === drain && taken[place - 1] === drain).length;
}

for (const change of ["rollout", "deletion"] as const)
  test(`${change}: whatever one endpoint does to a request, the process ends once, with all uploaded or when the time for it is over`, {
    timeout: 200_000,
  }, async (context) => {
    const fresh = await serverWithUploads(context);
    const share = fresh.double.state.shares.get("/export");
    assert.ok(share !== undefined);
    await everyFault(context, [stats, drain], async (where, fault) => {
      const at = await StoppingServer.serving(fresh);
      share.unsyncedBytes = pendingBytes;
      fresh.double.faults.set(where, { fault, times: 1 });
      at.change(change);
      const afterMs = await at.run(2 * boundMs);
      fresh.double.faults.clear();
      const neverAnswers = where === drain && fault === "hang";
      assert.equal(share.unsyncedBytes, neverAnswers ? pendingBytes : 0, "what is not uploaded at the end");
      assert.ok(neverAnswers ? afterMs >= boundMs : afterMs < boundMs, `the process is ended after ${afterMs} ms`);
      assert.equal(at.warnings().length, neverAnswers ? 1 : 0, at.warnings().join("\n"));
      const requests = at.requests().filter((each) => !isLogin(each));
      assert.deepEqual(new Set(requests.map(named)), new Set([stats, drain]), "nothing else is asked or changed");
      assert.equal(repeatedDrains(requests), 0);
      await at.run(0);
      assert.equal(at.ends().length, 1, at.ends().join(", "));
      return { passes: at.passes };
    });
  });

for (const situation of ["mounted", "used by nobody"] as const)
  test(`a protected server that is ${situation} is deleted once nobody has it mounted, whatever the list of clients does`, {
    timeout: 200_000,
  }, async (context) => {
    const fresh = await serverWithUploads(context);
    const mounted = fresh.double.state.clients;
    await everyFault(context, [clients], async (where, fault) => {
      const at = await StoppingServer.serving(fresh, { deletionProtection: true });
      if (situation === "mounted") mounted.push({ protocol: "nfs", address: "192.0.2.7" });
      fresh.double.faults.set(where, { fault, times: 1 });
      at.change("deletion");
      if (situation === "mounted") {
        await at.run(24_000);
        assert.deepEqual(at.ends(), [], "a mount is cut off");
        assert.match(at.warnings().join("\n"), /^Warning DeletionHeld: /m);
        mounted.splice(0);
      }
      const afterMs = await at.run(60_000);
      fresh.double.faults.clear();
      assert.equal(at.ends().length, 1, `not ended in ${afterMs} ms: ${at.ends().join(", ")}`);
      const requests = at.requests().filter((each) => !isLogin(each));
      assert.deepEqual(new Set(requests.map(named)), new Set([clients, stats]), "nothing on the server is changed");
      return { passes: at.passes };
    });
  });
