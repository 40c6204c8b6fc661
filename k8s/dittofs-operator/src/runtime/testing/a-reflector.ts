import { ManualClock } from "../manual-clock.ts";
import { Recovery } from "../recovery.ts";
import { startReflector } from "../reflector.ts";
import { Store } from "../store.ts";
import { FakeListWatch } from "./fake-list-watch.ts";
import { RecordingLog } from "./recording-log.ts";

const resource = { group: "", version: "v1", kind: "ConfigMap", plural: "configmaps", isNamespaced: true };

/** A reflector that has just begun; `prepare` comes before its first request. */
export function aReflector(prepare: (server: FakeListWatch) => void = () => {}) {
  const clock = new ManualClock();
  const random = { fraction: () => 0.5 };
  const recovery = new Recovery(clock, random);
  const server = new FakeListWatch(clock);
  prepare(server);
  const log = new RecordingLog();
  const store = new Store({ indexers: {}, transform: (object) => object });
  /** `+a` came, `~a` changed, `-a` ended. */
  const told: string[] = [];
  const listener = { isBroken: false };
  const reflector = startReflector({
    api: server,
    resource,
    query: { shape: "full" },
    store,
    clock,
    log,
    random,
    recovery,
    onChange: ({ name }, before, after) => {
      told.push(`${before === undefined ? "+" : after === undefined ? "-" : "~"}${name}`);
      if (listener.isBroken) throw new Error("broken");
    },
  });
  return { clock, recovery, server, log, store, told, reflector, listener };
}

/** A reflector at rest, which has forgotten how it got there. */
export async function aSyncedReflector(prepare: (server: FakeListWatch) => void = () => {}) {
  const all = aReflector(prepare);
  await all.clock.advance(2_000);
  if (!all.reflector.hasSynced()) throw new Error("the reflector has not synced");
  all.server.requests.length = 0;
  all.told.length = 0;
  return all;
}

export function names(store: Store): readonly string[] {
  return store.all().map((object) => object.metadata.name);
}
