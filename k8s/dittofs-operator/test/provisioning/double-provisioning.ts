import { setImmediate } from "node:timers/promises";
import { adminPassword, type FreshDouble, freshDouble } from "../../double/fresh-double.ts";
import type { RequestRecord } from "../../double/start-double.ts";
import type { DittoServer } from "../../src/api/ditto-server.ts";
import { GivenSecrets } from "../../src/controller/provision/testing/given-secrets.ts";
import { provisionDittoFs } from "../../src/controller/provision.ts";
import { dittoFsClient } from "../../src/dittofs/dittofs-client.ts";
import type { Exchanging } from "../../src/dittofs/exchange.ts";
import type { DittoFsSeen } from "../../src/domain/dittofs-seen.ts";
import type { DittoFs } from "../../src/outside.ts";
import { ManualClock } from "../../src/runtime/manual-clock.ts";
import { exchangeInProcess } from "./exchange-in-process.ts";
import { inFlight } from "./in-flight.ts";
import { relocated } from "./relocated.ts";

/** Turns of the event loop without a call under way after which a pass is taken to wait for the clock. */
const quietTurns = 5;

/** The longest timeout of a call that passes make. */
const longestCallMs = 8000;

export const killed = new Error("the operator is killed");

/** Provisioning, over the wire or without it, against a double of its own, on a clock that moves only when a pass waits for it. */
export class DoubleProvisioning extends GivenSecrets {
  readonly fresh: FreshDouble;
  readonly clock = new ManualClock();
  password = adminPassword;
  /** The writes after which an operator that is killed makes no further call; the pass rejects with `killed`. */
  writesLeft = Number.POSITIVE_INFINITY;
  readonly #dittofs: DittoFs;
  readonly #callsUnderWay: () => number;
  #writesAtStart = 0;

  private constructor(fresh: FreshDouble, exchange?: Exchanging) {
    super();
    this.fresh = fresh;
    const { dittofs, count } = inFlight(relocated(dittoFsClient(this.clock, exchange), fresh.folder), () => {
      if (this.#writes() >= this.#writesAtStart + this.writesLeft) throw killed;
    });
    this.#dittofs = dittofs;
    this.#callsUnderWay = count;
  }

  static async start(options: Parameters<typeof freshDouble>[0] = {}): Promise<DoubleProvisioning> {
    return new DoubleProvisioning(await freshDouble(options));
  }

  /** Without the wire: for thousands of trials. */
  static async startInProcess(): Promise<DoubleProvisioning> {
    const fresh = await freshDouble();
    return new DoubleProvisioning(fresh, exchangeInProcess(fresh.double));
  }

  async pass(server: DittoServer): Promise<DittoFsSeen> {
    this.#writesAtStart = this.#writes();
    const { hostname, port } = new URL(this.fresh.double.url);
    const state = { isOver: false };
    const passing = provisionDittoFs({
      server,
      target: { host: hostname, port: Number(port) },
      readAdminPassword: () => Promise.resolve({ kind: "present", password: this.password }),
      ...this.given(),
      dittofs: this.#dittofs,
      clock: this.clock,
      signal: new AbortController().signal,
    }).finally(() => {
      state.isOver = true;
    });
    passing.catch(() => undefined);
    await this.#drive(state);
    return await passing;
  }

  #writes(): number {
    return writesAmong(this.fresh.double.requests).length;
  }

  /** Time goes on by a call's timeout for each request that the double leaves hanging, and in small steps for waits. */
  async #drive(state: { readonly isOver: boolean }): Promise<void> {
    const hanging = (): number => this.fresh.double.requests.filter(({ status }) => status === 0).length;
    let hung = hanging();
    let quiet = 0;
    while (!state.isOver) {
      await setImmediate();
      quiet = this.#callsUnderWay() === 0 ? quiet + 1 : 0;
      if (hanging() > hung) {
        hung = hanging();
        await this.clock.advance(longestCallMs);
      } else if (quiet > quietTurns) await this.clock.advance(100);
    }
  }

  /** Requests that a piece of work makes. */
  async requestsOf<T>(
    work: () => Promise<T>,
  ): Promise<{ readonly result: T; readonly requests: readonly RequestRecord[] }> {
    const before = this.fresh.double.requests.length;
    const result = await work();
    return { result, requests: this.fresh.double.requests.slice(before) };
  }
}

const isAuthentication = ({ path }: RequestRecord): boolean => path.startsWith("/api/v1/auth/");

/** Requests that may change something, logins aside. */
export function writesAmong(requests: readonly RequestRecord[]): readonly RequestRecord[] {
  return requests.filter((request) => request.method !== "GET" && !isAuthentication(request));
}
