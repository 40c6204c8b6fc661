import type { ApiAnswer, KubernetesApi, KubernetesObject } from "../kubernetes-api.ts";
import type { ManualClock } from "../manual-clock.ts";
import { aFailure } from "./fake-list-watch.ts";
import type { SimulatedProcess } from "./simulated-process.ts";

type Api = Pick<KubernetesApi, "get" | "create" | "replace">;

/** How the way to the server is at the moment. */
export type Way = {
  readonly requestMs: number;
  readonly answerMs: number;
  /** Neither is ever told to the caller: a partition looks like silence. */
  readonly loses: "nothing" | "requests" | "answers";
};

export const GOOD_WAY: Way = { requestMs: 1, answerMs: 1, loses: "nothing" };

/** An API server with one Lease and optimistic locking. It ignores the callers' signals: what was sent can still arrive. */
export class LeaseServer {
  readonly #clock: ManualClock;
  #lease: KubernetesObject | undefined;
  #version = 0;
  /** `holder` after each write that changed it. */
  readonly holders: string[] = [];
  /** The verbs in the order of their arrival. */
  readonly requests: string[] = [];
  /** Requests that were sent and have not arrived: their senders may be gone, and they are carried out all the same. */
  underWay = 0;
  isDown = false;

  constructor(clock: ManualClock) {
    this.#clock = clock;
  }

  get lease(): KubernetesObject | undefined {
    return this.#lease;
  }

  spec(): Readonly<Record<string, unknown>> {
    const spec = this.#lease?.["spec"];
    return typeof spec === "object" && spec !== null ? { ...spec } : {};
  }

  /** Somebody writes with kubectl. */
  edit(change: (lease: KubernetesObject) => KubernetesObject): void {
    if (this.#lease !== undefined) this.#store(change(this.#lease));
  }

  remove(): void {
    this.#lease = undefined;
  }

  /** The API as one process sees it, over a way that may change between calls. */
  seenBy(process: SimulatedProcess, way: () => Way): Api {
    const call = (verb: string, carryOut: () => ApiAnswer<KubernetesObject>) =>
      this.#travel(process, way(), { verb, carryOut });
    return {
      get: () => call("get", () => this.#get()),
      create: (_, object) => call("create", () => this.#create(object)),
      replace: (_, object) => call("replace", () => this.#replace(object)),
    };
  }

  async #travel(
    process: SimulatedProcess,
    way: Way,
    request: { readonly verb: string; readonly carryOut: () => ApiAnswer<KubernetesObject> },
  ): Promise<ApiAnswer<KubernetesObject>> {
    this.underWay++;
    await this.#wait(way.requestMs);
    this.underWay--;
    if (way.loses === "requests") return new Promise(() => {});
    this.requests.push(request.verb);
    const answer = this.isDown ? failed("serverError", 500) : request.carryOut();
    if (way.loses === "answers") return new Promise(() => {});
    await this.#wait(way.answerMs);
    await process.untilRunning();
    return answer;
  }

  #wait(durationMs: number): Promise<void> {
    return new Promise((resolve) => void this.#clock.after(durationMs, resolve));
  }

  #get(): ApiAnswer<KubernetesObject> {
    return this.#lease === undefined ? failed("notFound", 404) : { ok: true, value: this.#lease };
  }

  #create(object: KubernetesObject): ApiAnswer<KubernetesObject> {
    return this.#lease === undefined ? this.#store(object) : failed("alreadyExists", 409);
  }

  #replace(object: KubernetesObject): ApiAnswer<KubernetesObject> {
    if (this.#lease === undefined) return failed("notFound", 404);
    const isCurrent = object.metadata.resourceVersion === this.#lease.metadata.resourceVersion;
    return isCurrent ? this.#store(object) : failed("conflict", 409);
  }

  #store(object: KubernetesObject): ApiAnswer<KubernetesObject> {
    const value = { ...object, metadata: { ...object.metadata, resourceVersion: String(++this.#version) } };
    this.#lease = value;
    const holder = String(this.spec()["holderIdentity"]);
    if (this.holders.at(-1) !== holder) this.holders.push(holder);
    return { ok: true, value };
  }
}

function failed(code: Parameters<typeof aFailure>[0], status: number): ApiAnswer<never> {
  return { ok: false, failure: aFailure(code, status) };
}
