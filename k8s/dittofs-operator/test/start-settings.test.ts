import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { aKeytab } from "../double/testing/keytab.ts";
import type { DittoServer } from "../src/api/ditto-server.ts";
import type { DittoFsAnswered } from "../src/domain/dittofs-seen.ts";
import { notedShares } from "../src/domain/status.ts";
import { aServer, defaultSpec } from "../src/domain/testing/a-server.ts";
import { kerberos } from "../src/domain/testing/identity-samples.ts";
import { DoubleProvisioning, writesAmong } from "./provisioning/double-provisioning.ts";

const storage = { metadataSize: "5Gi", contentSize: "20Gi", accessMode: "ReadWriteOnce" } as const;
const shares = [{ name: "/a" }];

type Setting = {
  readonly name: string;
  readonly before: DittoServer;
  readonly after: DittoServer;
  readonly write: string;
  readonly because: RegExp;
};

const settings: readonly Setting[] = [
  {
    name: "a cache of a metadata store",
    before: aServer({ storage, shares }),
    after: aServer({
      storage,
      shares,
      stores: { metadata: [{ name: "default", type: "badger", badger: { blockCacheMB: 128 } }] },
    }),
    write: "PUT /api/v1/store/metadata/default",
    because: /settings of metadata store default/,
  },
  {
    name: "Kerberos",
    before: aServer({ storage, shares }),
    after: aServer({ storage, shares, identity: { ...defaultSpec.identity, kerberos } }),
    write: "PUT /api/v1/identity-providers/kerberos/config",
    because: /Kerberos settings/,
  },
  {
    name: "encryption of a share",
    before: aServer({ storage, shares }),
    after: aServer({ storage, shares: [{ name: "/a", encryptData: true }] }),
    write: "PUT /api/v1/shares/a",
    because: /settings of share \/a/,
  },
];

/** The server in a process that the operator knows, with the status that its passes leave. */
class Told {
  readonly at: DoubleProvisioning;
  #status: NonNullable<DittoServer["status"]> = {};
  #starts = 0;

  private constructor(at: DoubleProvisioning) {
    this.at = at;
    this.#see();
  }

  static async start(t: { after(end: () => Promise<void>): void }): Promise<Told> {
    const at = await DoubleProvisioning.start();
    t.after(() => at.fresh.end());
    for (const folder of ["kerberos", "config"]) mkdirSync(`${at.fresh.folder}/${folder}`, { recursive: true });
    writeFileSync(`${at.fresh.folder}/kerberos/dittofs.keytab`, aKeytab());
    writeFileSync(`${at.fresh.folder}/config/krb5.conf`, "[libdefaults]\n");
    at.identity = { ...at.identity, hasKeytab: true };
    return new Told(at);
  }

  /** One pass, whose status is written, unless the operator is killed before. */
  async pass(server: DittoServer, end: "written" | "killed" = "written") {
    const { result, requests } = await this.at.requestsOf(() => this.at.pass({ ...server, status: this.#status }));
    assert.ok(result.kind === "answered");
    if (end === "written") this.#status = { applied: notedShares(result.loadedShares) };
    else this.#successor();
    const writes = writesAmong(requests).map(({ method, path }) => `${method} ${path}`);
    return { seen: result satisfies DittoFsAnswered, writes };
  }

  async restart(): Promise<void> {
    await this.at.fresh.restart();
    this.#starts += 1;
    this.#see();
  }

  #successor(): void {
    this.at.sessions.forget(aServer().metadata.uid);
    this.#see();
  }

  #see(): void {
    this.at.sessions.seeProcess(aServer().metadata.uid, `pod/${this.#starts}`);
  }
}

for (const { name, before, after, write, because } of settings) {
  test(`${name}: an operator that is killed right after the change leaves the restart to its successor`, {
    timeout: 60_000,
  }, async (t) => {
    const told = await Told.start(t);
    await told.pass(before);
    let sent = await told.pass(after, "killed");
    // Of what was never looked at the status has to say first how it was.
    if (sent.seen.awaitsNote === true) {
      await told.pass(after);
      sent = await told.pass(after, "killed");
    }
    assert.ok(sent.writes.includes(write));
    assert.match(sent.seen.outdated ?? "", because);
    const successor = await told.pass(after, "killed");
    assert.ok(!successor.writes.includes(write), "it is on the server already");
    assert.match(successor.seen.outdated ?? "", because);
    await told.restart();
    assert.equal((await told.pass(after)).seen.outdated, undefined);
  });

  test(`${name}: nothing is sent to a process before the status says what it has loaded`, {
    timeout: 60_000,
  }, async (t) => {
    const told = await Told.start(t);
    await told.pass(before);
    await told.restart();
    const first = await told.pass(after, "killed");
    assert.deepEqual([first.writes, first.seen.awaitsNote, first.seen.outdated], [[], true, undefined]);
    const second = await told.pass(after);
    assert.deepEqual([second.writes, second.seen.awaitsNote], [[], true], "no status was written");
    const third = await told.pass(after);
    assert.ok(third.writes.includes(write));
    assert.match(third.seen.outdated ?? "", because);
  });

  test(`${name}: a change that goes back before anybody restarts needs no restart`, { timeout: 60_000 }, async (t) => {
    const told = await Told.start(t);
    await told.pass(before);
    await told.pass(after);
    assert.match((await told.pass(after)).seen.outdated ?? "", because);
    const back = await told.pass(before);
    assert.equal(back.seen.outdated, undefined);
  });
}
