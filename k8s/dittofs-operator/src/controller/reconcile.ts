import type { DittoServer } from "../api/ditto-server.ts";
import { FIELD_MANAGER, FINALIZER } from "../api/group.ts";
import type { Pass } from "../domain/pass.ts";
import { plan } from "../domain/plan.ts";
import { podState } from "../domain/pod/pod-state.ts";
import { freshValue, type GeneratedKind } from "../domain/secrets/generated-secrets.ts";
import { notedShares } from "../domain/status.ts";
import type { World } from "../domain/world.ts";
import { addFinalizer } from "../runtime/finalizer.ts";
import { isSameJson } from "../runtime/is-same-json.ts";
import type { ApiFailure } from "../runtime/kubernetes-api.ts";
import type { Outcome } from "../runtime/outcome.ts";
import { readAbsentReferences } from "./absent-references.ts";
import { act } from "./act.ts";
import { asDittoServer } from "./as-ditto-server.ts";
import { credentialsVersion } from "./credentials-version.ts";
import { failureOutcome } from "./failure-outcome.ts";
import { finish } from "./finish.ts";
import { isPodAboutToChange } from "./is-pod-about-to-change.ts";
import { nextLook } from "./next-look.ts";
import { observe } from "./observe.ts";
import type { OperatorParts } from "./operator-parts.ts";
import { report } from "./report.ts";
import { resources } from "./resources.ts";
import { objectKeyOf, type ServerKey, serverKey } from "./server-key.ts";

const incomplete =
  "the object lacks fields that the CustomResourceDefinition fills in: install the one of this version";

/** The pass over one DittoServer: observe, plan, act, report. It remembers nothing but when it last wrote a status. */
export class Reconciler {
  readonly #parts: OperatorParts;
  readonly #statusWrittenMs = new Map<ServerKey, number>();

  constructor(parts: OperatorParts) {
    this.#parts = parts;
  }

  async pass(key: ServerKey, signal: AbortSignal): Promise<Outcome> {
    const live = this.#parts.stores.dittoServers.get(objectKeyOf(key));
    if (live === undefined) return this.#forget(key);
    const server = asDittoServer(live);
    if (server === undefined) return { kind: "terminal", reason: incomplete };
    const world = await this.#observe(key, server, signal);
    if (server.metadata.deletionTimestamp !== undefined)
      return await finish(key, { world, parts: this.#parts, signal });
    const finalized = await this.#withFinalizer(world, signal);
    if (finalized.kind === "failed") return failureOutcome("finalizer", finalized.failure);
    const pass = await this.#carryOut(finalized.world, signal);
    this.#askDittoFs(key, pass.world);
    return await this.#report(key, pass, signal);
  }

  #forget(key: ServerKey): Outcome {
    this.#statusWrittenMs.delete(key);
    this.#parts.drains.forget(key);
    const serverUid = this.#parts.findings.forget(key);
    if (serverUid !== undefined) this.#parts.sessions.forget(serverUid);
    return { kind: "done" };
  }

  async #observe(key: ServerKey, server: DittoServer, signal: AbortSignal): Promise<World> {
    const { clock, findings } = this.#parts;
    const nowMs = clock.wallMs();
    const seen = await observe({ ...this.#parts, server, nowMs, signal });
    const state = podState(seen.pod);
    return { ...seen, dittofs: findings.seen(key, server, state.kind === "ready" ? state.process : undefined) };
  }

  async #withFinalizer(
    world: World,
    signal: AbortSignal,
  ): Promise<{ kind: "there"; world: World } | { kind: "failed"; failure: ApiFailure }> {
    const { metadata, spec } = world.server;
    if (spec.paused || metadata.finalizers?.includes(FINALIZER) === true) return { kind: "there", world };
    const added = await addFinalizer({
      api: this.#parts.api,
      resource: resources.dittoServers,
      store: this.#parts.stores.dittoServers,
      metadata,
      finalizer: FINALIZER,
      fieldManager: FIELD_MANAGER,
      signal,
    });
    if (!added.ok) return { kind: "failed", failure: added.failure };
    return { kind: "there", world: { ...world, server: asDittoServer(added.value) ?? world.server } };
  }

  async #carryOut(world: World, signal: AbortSignal): Promise<Pass> {
    const { random, drains } = this.#parts;
    const fresh = (kind: GeneratedKind): string => freshValue(kind, (count) => random.bytes(count));
    const first = { world, plan: plan(world, fresh) };
    if (world.server.spec.paused) return { ...first, outcomes: [] };
    const known = isPodAboutToChange(first) ? await this.#withReferences(world, signal) : world;
    const { server, children } = known;
    const planned = known === world ? first.plan : plan(known, fresh);
    const drain = () => drains.before(serverKey(server), known);
    const outcomes = await act({ ...this.#parts, server, plan: planned, children, drain, signal });
    return { world: known, plan: planned, outcomes };
  }

  /** A pod that is made anew must find what it names; asked only then, because nobody watches these objects. */
  async #withReferences(world: World, signal: AbortSignal): Promise<World> {
    const absent = await readAbsentReferences(world.server, this.#parts.api, signal);
    return absent.length === 0 ? world : { ...world, absentReferences: [...world.absentReferences, ...absent] };
  }

  /** Wakes the controller that talks to DittoFS when there is something new to ask. */
  #askDittoFs(key: ServerKey, { server, pod, dittofs }: World): void {
    const state = podState(pod);
    if (state.kind !== "ready" || server.spec.paused) return;
    const { findings, sessions, stores, askDittoFs } = this.#parts;
    const { uid: serverUid, generation } = server.metadata;
    const question = {
      serverUid,
      generation,
      process: state.process,
      credentialsVersion: credentialsVersion(server, stores),
      ...(isAwaitedNoteThere(server, dittofs) && { isNoted: true as const }),
    };
    if (!findings.ask(key, question)) return;
    sessions.allowLogin(serverUid);
    askDittoFs(key);
  }

  async #report(key: ServerKey, pass: Pass, signal: AbortSignal): Promise<Outcome> {
    const { clock } = this.#parts;
    const reported = await report({
      ...this.#parts,
      pass,
      signal,
      lastWriteMs: this.#statusWrittenMs.get(key),
      monotonicMs: clock.monotonicMs(),
    });
    if (reported.kind === "written") this.#statusWrittenMs.set(key, clock.monotonicMs());
    return nextLook(pass, reported);
  }
}

/** Whether the status says what a change waits for, which the process takes up only at its start. */
function isAwaitedNoteThere({ status }: DittoServer, dittofs: World["dittofs"]): boolean {
  if (dittofs.kind !== "answered" || dittofs.awaitsNote !== true) return false;
  return isSameJson(status?.applied?.loadedShares, notedShares(dittofs.loadedShares).loadedShares);
}
