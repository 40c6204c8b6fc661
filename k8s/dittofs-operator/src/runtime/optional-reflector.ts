import { askForGroup } from "./asked-group.ts";
import type { KubernetesApi, Resource } from "./kubernetes-api.ts";
import { type Reflector, type ReflectorOptions, startReflector } from "./reflector.ts";
import { slimMetadata } from "./slim-object.ts";
import { Store } from "./store.ts";

export type OptionalReflectorOptions = ReflectorOptions & {
  readonly api: Pick<KubernetesApi, "list" | "watch" | "servesGroup">;
  /** `asked`: without the right to read definitions, whether the kind's group is served is asked now and then. */
  readonly definitions: "watched" | "asked";
  /** Called when the cluster begins to serve the kind, its objects having been read, and when it ends to. */
  onServed(isServed: boolean): void;
};

/** Where definitions of kinds are read; whoever watches them needs the right to. */
export const CUSTOM_RESOURCE_DEFINITIONS: Resource = {
  group: "apiextensions.k8s.io",
  version: "v1",
  kind: "CustomResourceDefinition",
  plural: "customresourcedefinitions",
  isNamespaced: false,
};

/**
 * As `startReflector`, for a kind that a cluster may lack, and that may come and go at any time. Whether it is there is told by
 * a watch of its one CustomResourceDefinition, as metadata only: a cluster without the kind is asked for nothing more.
 */
export function startOptionalReflector(options: OptionalReflectorOptions): Reflector {
  const kind = new OptionalKind(options);
  const definition =
    options.definitions === "watched" ? watchDefinition(options, kind) : askForDefinition(options, kind);
  return {
    ...definition,
    resource: options.resource,
    hasSynced: () => definition.hasSynced() && kind.isSettled(),
    stop: async () => {
      await Promise.all([definition.stop(), kind.end()]);
    },
  };
}

type Definition = Omit<Reflector, "resource">;

function askForDefinition(
  { api, resource: { group }, recovery }: OptionalReflectorOptions,
  kind: OptionalKind,
): Definition {
  const asked = askForGroup({ api, group, recovery, onAnswer: (isServed) => kind.follow(isServed) });
  return {
    hasSynced: () => asked.hasAnswered(),
    lastContactMs: () => undefined,
    trouble: () => undefined,
    stop: async () => await asked.stop(),
  };
}

function watchDefinition(options: OptionalReflectorOptions, kind: OptionalKind): Definition {
  const { plural, group } = options.resource;
  return startReflector({
    ...options,
    resource: CUSTOM_RESOURCE_DEFINITIONS,
    query: { shape: "metadata", fieldSelector: `metadata.name=${plural}.${group}` },
    store: new Store({ indexers: {}, transform: slimMetadata }),
    onChange: (_, __, after) => kind.follow(after !== undefined),
  });
}

/** The kind itself, which is followed from the coming of its definition to its end. */
class OptionalKind {
  readonly #options: OptionalReflectorOptions;
  /** One for all times: a store takes an earlier one's word for its own writes. */
  readonly #feed;
  #reflector: Reflector | undefined;
  #isServed = false;

  constructor(options: OptionalReflectorOptions) {
    this.#options = options;
    this.#feed = options.store.feed(options.query.namespace);
  }

  follow(isDefined: boolean): void {
    if (!isDefined) void this.end();
    else this.#reflector ??= this.#start();
  }

  /** A kind that is defined and cannot be read holds nobody up: the operator does without it. */
  isSettled(): boolean {
    return this.#reflector === undefined || this.#isServed || this.#reflector.trouble() !== undefined;
  }

  async end(): Promise<void> {
    const ending = this.#reflector;
    if (ending === undefined) return;
    this.#reflector = undefined;
    const stopped = ending.stop();
    this.#feed.beginReplacement().finish(this.#feed.deliveredVersion ?? "0");
    this.#tell(false);
    await stopped;
  }

  #start(): Reflector {
    const started = startReflector({
      ...this.#options,
      store: { feed: () => this.#feed },
      onListed: () => {
        if (this.#reflector === started) this.#tell(true);
      },
    });
    return started;
  }

  #tell(isServed: boolean): void {
    if (this.#isServed === isServed) return;
    this.#isServed = isServed;
    this.#options.onServed(isServed);
  }
}
