import assert from "node:assert/strict";
import type { DittoServer, DittoServerSpec } from "../../src/api/ditto-server.ts";
import type { DittoFsAnswered } from "../../src/domain/dittofs-seen.ts";
import { aServer } from "../../src/domain/testing/a-server.ts";
import { type DoubleProvisioning, writesAmong } from "./double-provisioning.ts";

const storage = { metadataSize: "5Gi", contentSize: "20Gi", accessMode: "ReadWriteOnce" } as const;

/** Passes whose answers the status remembers, as the operator does between them. */
export class Remembering {
  readonly at: DoubleProvisioning;
  status: DittoServer["status"];
  #starts = 0;

  constructor(at: DoubleProvisioning) {
    this.at = at;
    this.#see();
  }

  async pass(spec: Partial<DittoServerSpec>): Promise<DittoFsAnswered> {
    const server = aServer({ storage, ...spec });
    const seen = await this.at.pass({ ...server, ...(this.status !== undefined && { status: this.status }) });
    assert.ok(seen.kind === "answered");
    const { loadedShares, appliedStores: remoteStores, journals, ownStores: stores } = seen;
    this.status = { applied: { ...(loadedShares && { loadedShares }), remoteStores, journals, stores } };
    return seen;
  }

  async writes(spec: Partial<DittoServerSpec>): Promise<readonly string[]> {
    const { requests } = await this.at.requestsOf(() => this.pass(spec));
    return writesAmong(requests).map(({ method, path }) => `${method} ${path}`);
  }

  killOperator(): void {
    this.at.sessions.forget(aServer().metadata.uid);
    this.#see();
  }

  async restart(changes: Parameters<DoubleProvisioning["fresh"]["restart"]>[0] = {}): Promise<void> {
    await this.at.fresh.restart(changes);
    this.#starts += 1;
    this.#see();
  }

  #see(): void {
    this.at.sessions.seeProcess(aServer().metadata.uid, `pod/${this.#starts}`);
  }
}
