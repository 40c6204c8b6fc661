import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { adminPassword, type FreshDouble } from "../../double/fresh-double.ts";
import type { RequestRecord } from "../../double/start-double.ts";
import type { DittoServerSpec } from "../../src/api/ditto-server.ts";
import { anOperator, startPod, storedServer } from "../../src/controller/testing/an-operator.ts";
import { FakeCluster } from "../../src/controller/testing/fake-cluster.ts";
import { dittoFsClient } from "../../src/dittofs/dittofs-client.ts";
import { aServer, defaultSpec } from "../../src/domain/testing/a-server.ts";
import { ManualClock } from "../../src/runtime/manual-clock.ts";
import { inFlight } from "./in-flight.ts";

const bucket: Partial<DittoServerSpec> = {
  stores: {
    remote: [{ name: "offsite", type: "s3", s3: { bucket: "files", credentialsSecretRef: { name: "keys" } } }],
  },
  shares: [{ name: "/export", remoteStore: "offsite" }],
  identity: {
    ...defaultSpec.identity,
    admin: { username: "admin", passwordSecretRef: { name: "admin", key: "password" } },
  },
};
const debug: Partial<DittoServerSpec> = { logging: { ...defaultSpec.logging, level: "DEBUG" } };

/** Turns of the event loop without a call under way after which the operator is taken to wait for the clock. */
const quietTurns = 5;

/** A server that serves and is about to be stopped, by an operator that talks to a double over the wire, on a clock that moves only when it waits for it. */
export class StoppingServer {
  readonly clock = new ManualClock();
  passes = 0;
  readonly #cluster = new FakeCluster();
  readonly #double: FreshDouble["double"];
  readonly #callsUnderWay: () => number;
  readonly #operator: ReturnType<typeof anOperator>;
  readonly #first: number;
  #hung: number;
  #isHung = false;
  #isAsking = false;

  private constructor({ double }: FreshDouble) {
    const { dittofs, count } = inFlight(dittoFsClient(this.clock), () => undefined);
    this.#operator = anOperator(this.#cluster, this.clock, dittofs);
    this.#callsUnderWay = count;
    this.#double = double;
    this.#first = double.requests.length;
    this.#hung = this.#hanging();
  }

  /** `fresh` has a share with a remote store. */
  static async serving(fresh: FreshDouble, spec: Partial<DittoServerSpec> = {}): Promise<StoppingServer> {
    const at = new StoppingServer(fresh);
    const cluster = at.#cluster;
    const data = { password: Buffer.from(adminPassword).toString("base64") };
    cluster.put({ apiVersion: "v1", kind: "Secret", metadata: { name: "admin", namespace: "default" }, data });
    cluster.put(storedServer(aServer({ ...bucket, ...spec })));
    await at.#operator.pass();
    startPod(cluster);
    const pod = cluster.find("Pod", "files-0");
    assert.ok(pod !== undefined);
    const { hostname: podIP } = new URL(fresh.double.url);
    cluster.put({ ...pod, status: { ...(pod["status"] as object), podIP } }); // a pod's
    await at.#operator.pass();
    at.#operator.answer();
    await at.clock.advance(2000);
    await at.#operator.pass();
    cluster.writes.splice(0);
    at.#operator.events.splice(0);
    at.#operator.asked.splice(0);
    return at;
  }

  /** The spec, or that somebody deletes it, is what ends the process. */
  change(to: "rollout" | "deletion"): void {
    const stored = this.#cluster.find("DittoServer", "files");
    assert.ok(stored !== undefined);
    const deleted = { ...stored.metadata, deletionTimestamp: "2026-01-01T00:00:00Z" };
    const spec = { ...(stored["spec"] as object), ...debug }; // a DittoServer's
    this.#cluster.put(to === "rollout" ? { ...stored, spec } : { ...stored, metadata: deleted });
  }

  /** Passes until the process is ended, or for as long as `mostMs`; answers how long that took. */
  async run(mostMs: number): Promise<number> {
    const beginMs = this.clock.monotonicMs();
    while (this.clock.monotonicMs() < beginMs + mostMs) {
      await this.#operator.pass();
      this.passes += 1;
      if (this.ends().length > 0) break;
      this.#ask();
      await this.#settle();
      await this.clock.advance(this.#isHung ? 20_000 : 2000);
      await this.#settle();
    }
    return this.clock.monotonicMs() - beginMs;
  }

  /** What ends the process. */
  ends(): readonly string[] {
    return this.#cluster.writes.filter((write) => /StatefulSet|Pod/.test(write));
  }

  requests(): readonly RequestRecord[] {
    return this.#double.requests.slice(this.#first);
  }

  warnings(): readonly string[] {
    return this.#operator.events.filter((event) => event.startsWith("Warning"));
  }

  #ask(): void {
    if (this.#isAsking || this.#operator.asked.splice(0).length === 0) return;
    this.#isAsking = true;
    void this.#operator.ask().finally(() => {
      this.#isAsking = false;
    });
  }

  #hanging(): number {
    return this.#double.requests.filter(({ status }) => status === 0).length;
  }

  /** Until every call is answered, or the one under way hangs. */
  async #settle(): Promise<void> {
    for (let quiet = 0; quiet < quietTurns; ) {
      await setImmediate();
      if (this.#hanging() > this.#hung) [this.#hung, this.#isHung] = [this.#hanging(), true];
      if (this.#callsUnderWay() === 0) this.#isHung = false;
      quiet = this.#callsUnderWay() === 0 || this.#isHung ? quiet + 1 : 0;
    }
  }
}
