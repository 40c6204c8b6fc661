import { type Backoff, backoffMs } from "./backoff.ts";
import type { Clock } from "./clock.ts";
import { Contact, type Trouble } from "./contact.ts";
import { followWatch, type NewsEvent } from "./follow-watch.ts";
import type {
  ApiFailure,
  KubernetesApi,
  KubernetesObject,
  ObjectKey,
  Resource,
  WatchStream,
} from "./kubernetes-api.ts";
import type { Log } from "./log.ts";
import type { Random } from "./random.ts";
import type { Recovery } from "./recovery.ts";
import { type ReflectorState, stateAfterWatch, type WatchEnd } from "./reflector-state.ts";
import type { Change } from "./store-contents.ts";
import type { StoreFeed } from "./store-feed.ts";
import { readWholeList, type Selection } from "./whole-list.ts";

export type ReflectorOptions = {
  readonly api: Pick<KubernetesApi, "list" | "watch">;
  readonly resource: Resource;
  readonly query: Selection;
  readonly store: { feed(namespace: string | undefined): StoreFeed };
  readonly clock: Clock;
  readonly random: Pick<Random, "fraction">;
  /** Shared with all others that talk to this API server. */
  readonly recovery: Recovery;
  readonly log: Log;
  /**
   * Called for each step of each object, in the stream's order: `before` is what the last call had as `after`. A name that
   * passed to another uid is two calls, its end first. Should only enqueue; what it throws is logged and stops nothing.
   */
  onChange(key: ObjectKey, before: KubernetesObject | undefined, after: KubernetesObject | undefined): void;
  /** Called after each complete list, once its changes have been told. */
  onListed?(): void;
};

export type Reflector = {
  readonly resource: Resource;
  /** True once the store holds a first complete list; it stays true. */
  hasSynced(): boolean;
  /** `monotonicMs` of the last page or byte that came; undefined before the first. */
  lastContactMs(): number | undefined;
  /** What keeps it from being up to date now. */
  trouble(): Trouble | undefined;
  /** Ends its requests; resolved when nothing of it runs any more. */
  stop(): Promise<void>;
};

/** client-go's figures; the jitter keeps the reflectors of one process from returning as one. */
const backoff: Backoff = { firstMs: 800, longestMs: 30_000, jitter: 0.5 };
/** A random length between these keeps the watches of many clients from ending together. */
const SHORTEST_WATCH_S = 300;
const LONGEST_WATCH_S = 600;

/**
 * Keeps a store equal to what the API server holds: lists, then watches, and begins again whatever happens, after doubling
 * waits. The semantics are those of client-go's Reflector.
 */
export function startReflector(options: ReflectorOptions): Reflector {
  const loop = new ReflectorLoop(options);
  const ended = loop.run();
  return {
    resource: options.resource,
    hasSynced: () => loop.feed.hasSynced,
    lastContactMs: () => loop.lastContactMs(),
    trouble: () => loop.contact.trouble,
    stop() {
      loop.stop();
      return ended;
    },
  };
}

class ReflectorLoop {
  readonly feed: StoreFeed;
  readonly contact: Contact;
  readonly #options: ReflectorOptions;
  readonly #log: Log;
  readonly #stopping = new AbortController();
  #stream: WatchStream | undefined;
  #failuresInARow = 0;
  #hasFailed = false;

  constructor(options: ReflectorOptions) {
    this.#options = options;
    this.#log = options.log.child({ kind: options.resource.kind, namespace: options.query.namespace });
    this.feed = options.store.feed(options.query.namespace);
    this.contact = new Contact(options.clock, this.#log);
  }

  async run(): Promise<void> {
    let state: ReflectorState = { kind: "listing" };
    while (!this.#stopping.signal.aborted) {
      try {
        state = await this.#next(state);
      } catch (error) {
        this.#log.error("a defect in the reflector, listing anew", { err: error });
        state = { kind: "waiting", failure: undefined, next: { kind: "listing" } };
      }
    }
  }

  stop(): void {
    this.#stopping.abort();
    this.#stream?.close();
  }

  lastContactMs(): number | undefined {
    if (this.#stream !== undefined) this.contact.dataCame(this.#stream.lastByteMs());
    return this.contact.lastMs;
  }

  async #next(state: ReflectorState): Promise<ReflectorState> {
    switch (state.kind) {
      case "listing":
        return this.#list();
      case "watching":
        return this.#watch(state.resourceVersion);
      case "waiting": {
        await this.#wait(state.failure);
        return state.next;
      }
    }
  }

  async #wait(failure: ApiFailure | undefined): Promise<void> {
    const { random, recovery } = this.#options;
    this.#failuresInARow += 1;
    this.#hasFailed = failure !== undefined;
    const leastMs = failure?.retryAfterMs ?? 0;
    const delayMs = backoffMs(backoff, this.#failuresInARow, random.fraction());
    const limits = { durationMs: Math.max(delayMs, leastMs), leastMs: Math.max(backoff.firstMs, leastMs) };
    const isCut = await recovery.pause(limits, this.#stopping.signal);
    // A server that has just returned turns some away for a moment more.
    if (isCut) this.#failuresInARow = 0;
  }

  #gotThrough(): void {
    if (!this.#hasFailed) return;
    this.#hasFailed = false;
    this.#options.recovery.announce();
  }

  async #list(): Promise<ReflectorState> {
    const { api, resource, query } = this.#options;
    const { signal } = this.#stopping;
    const replacement = this.feed.beginReplacement();
    const onPage = (): void => this.contact.dataCame();
    const list = await readWholeList(replacement, { api, resource, selection: query, signal, onPage });
    if (signal.aborted) return { kind: "listing" };
    if ("failure" in list) {
      this.contact.failed("list", list.failure);
      return { kind: "waiting", failure: list.failure, next: { kind: "listing" } };
    }
    this.#gotThrough();
    this.contact.works("list");
    const changes = replacement.finish(list.resourceVersion);
    this.#log.debug("listed", { changes: changes.length });
    this.#announce(changes);
    this.#options.onListed?.();
    return { kind: "watching", resourceVersion: list.resourceVersion };
  }

  async #watch(resourceVersion: string): Promise<ReflectorState> {
    const { api, resource, query, random } = this.#options;
    const timeoutSeconds = Math.round(SHORTEST_WATCH_S + random.fraction() * (LONGEST_WATCH_S - SHORTEST_WATCH_S));
    const { signal } = this.#stopping;
    const answer = await api.watch(resource, { ...query, resourceVersion, timeoutSeconds }, signal);
    if (answer.ok) this.#gotThrough();
    const end: WatchEnd = answer.ok
      ? await this.#follow(answer.value, { resourceVersion, timeoutMs: timeoutSeconds * 1_000 })
      : { resourceVersion, cause: { kind: "failed", failure: answer.failure }, hasProvedItself: false };
    if (signal.aborted) return { kind: "listing" };
    const { cause } = end;
    if (cause.kind === "failed" && cause.failure.code !== "expired") this.contact.failed("watch", cause.failure);
    if (cause.kind === "silent") this.#log.info("nothing came over the watch for minutes, listing anew");
    return stateAfterWatch(end);
  }

  async #follow(
    stream: WatchStream,
    { resourceVersion, timeoutMs }: { readonly resourceVersion: string; readonly timeoutMs: number },
  ): Promise<WatchEnd> {
    this.#stream = stream;
    if (this.#stopping.signal.aborted) stream.close();
    const end = await followWatch(stream, {
      clock: this.#options.clock,
      resourceVersion,
      timeoutMs,
      onEvent: (event) => this.#take(event),
      onProof: () => {
        this.#failuresInARow = 0;
        this.contact.works("watch");
      },
    });
    this.lastContactMs();
    this.#stream = undefined;
    return end;
  }

  #take(event: NewsEvent): void {
    switch (event.type) {
      case "added":
      case "modified":
        return this.#announce(this.feed.put(event.object));
      case "deleted":
        return this.#announce(this.feed.remove(event.object));
      case "bookmark":
        return this.feed.bookmark(event.resourceVersion);
    }
  }

  #announce(changes: readonly Change[]): void {
    for (const { key, before, after } of changes) {
      try {
        this.#options.onChange(key, before, after);
      } catch (error) {
        this.#log.error("a listener failed", { object: key, err: error });
      }
    }
  }
}
