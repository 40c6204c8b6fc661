import type { Clock } from "../clock.ts";
import type {
  ApiAnswer,
  ApiFailure,
  KubernetesApi,
  KubernetesObject,
  ListPage,
  ListQuery,
  ObjectMeta,
  Resource,
  WatchEvent,
  WatchQuery,
  WatchStream,
} from "../kubernetes-api.ts";
import { configMap } from "./config-map.ts";
import { FakeWatchStream } from "./fake-watch-stream.ts";

type Event = Extract<WatchEvent, { readonly object: KubernetesObject }>;

/** The reading side of an API server with one kind of object, and its faults. */
export class FakeListWatch implements Pick<KubernetesApi, "list" | "watch"> {
  /** `list`, `list (page 2)`, `watch from 5`. */
  readonly requests: string[] = [];
  /** Answers for the next calls, instead of the truth. */
  readonly listFaults: ApiFailure[] = [];
  readonly watchFaults: ApiFailure[] = [];
  readonly streams: FakeWatchStream[] = [];
  /** Called before each list page is answered. */
  beforePage: () => void = () => {};
  pageSize = 500;
  readonly #clock: Clock;
  readonly #objects = new Map<string, KubernetesObject>();
  #history: Event[] = [];
  #version = 1;
  #oldestVersion = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get watches(): readonly FakeWatchStream[] {
    return this.streams.filter((stream) => !stream.isClosed);
  }

  put(name: string, meta: Partial<ObjectMeta> = {}): void {
    const type = this.#objects.has(name) ? "modified" : "added";
    const object = configMap(name, ++this.#version, meta);
    this.#objects.set(name, object);
    this.#tell({ type, object });
  }

  delete(name: string): void {
    const { metadata, ...rest } = this.#objects.get(name) ?? configMap(name, 0);
    this.#objects.delete(name);
    this.#tell({
      type: "deleted",
      object: { ...rest, metadata: { ...metadata, resourceVersion: `${++this.#version}` } },
    });
  }

  /** Other kinds change; only a bookmark tells of it. */
  bookmark(): void {
    const resourceVersion = `${++this.#version}`;
    for (const stream of this.watches) stream.push({ type: "bookmark", resourceVersion });
  }

  /** Ends all watches, the way that a server or a network does. */
  cut(failure?: ApiFailure): void {
    for (const stream of this.watches) {
      if (failure !== undefined) stream.push({ type: "failure", failure });
      stream.end();
    }
  }

  /** Forgets what happened until now. */
  compact(): void {
    this.#history = [];
    this.#oldestVersion = this.#version;
  }

  async list(_: Resource, query: ListQuery): Promise<ApiAnswer<ListPage>> {
    const page = Number(query.continueToken ?? "1");
    this.requests.push(page === 1 ? "list" : `list (page ${page})`);
    this.beforePage();
    const failure = this.listFaults.shift();
    if (failure !== undefined) return { ok: false, failure };
    const items = [...this.#objects.values()].slice((page - 1) * this.pageSize, page * this.pageSize);
    const isLast = page * this.pageSize >= this.#objects.size;
    const value = { items, resourceVersion: `${this.#version}`, ...(!isLast && { continueToken: `${page + 1}` }) };
    return { ok: true, value };
  }

  async watch(_: Resource, query: WatchQuery): Promise<ApiAnswer<WatchStream>> {
    this.requests.push(`watch from ${query.resourceVersion}`);
    const failure = this.watchFaults.shift();
    if (failure !== undefined) return { ok: false, failure };
    const stream = new FakeWatchStream(this.#clock);
    this.streams.push(stream);
    const from = Number(query.resourceVersion);
    if (from < this.#oldestVersion) stream.push({ type: "failure", failure: aFailure("expired", 410) });
    for (const event of this.#history) if (Number(event.object.metadata.resourceVersion) > from) stream.push(event);
    return { ok: true, value: stream };
  }

  #tell(event: Event): void {
    this.#history.push(event);
    for (const stream of this.watches) stream.push(event);
  }
}

export function aFailure(code: ApiFailure["code"], status?: number, retryAfterMs?: number): ApiFailure {
  return {
    code,
    message: `the server said ${code}`,
    causes: [],
    mayHaveHappened: false,
    ...(status !== undefined && { status }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}
