import type { DittoServer } from "../api/ditto-server.ts";
import { FIELD_MANAGER, FINALIZER } from "../api/group.ts";
import type { ChildOutcome } from "../domain/child-outcome.ts";
import { freshValue } from "../domain/generated-secrets.ts";
import type { Pass } from "../domain/pass.ts";
import { plan } from "../domain/plan.ts";
import { podState } from "../domain/pod-state.ts";
import type { World } from "../domain/world.ts";
import { addFinalizer } from "../runtime/finalizer.ts";
import type { ApiFailure } from "../runtime/kubernetes-api.ts";
import type { Outcome } from "../runtime/outcome.ts";
import { act } from "./act.ts";
import { asDittoServer } from "./as-ditto-server.ts";
import { credentialsVersion } from "./credentials-version.ts";
import { failureOutcome } from "./failure-outcome.ts";
import { finish } from "./finish.ts";
import { nextLook } from "./next-look.ts";
import { observe } from "./observe.ts";
import type { OperatorParts } from "./operator-parts.ts";
import { report } from "./report.ts";
import { resources } from "./resources.ts";
import { objectKeyOf, type ServerKey } from "./server-key.ts";

export type Reconcile = (key: ServerKey, signal: AbortSignal) => Promise<Outcome>;

/** The pass over one DittoServer: observe, plan, act, report. It remembers nothing but when it last wrote a status. */
export function createReconcile(parts: OperatorParts): Reconcile {
  const statusWrittenMs = new Map<ServerKey, number>();

  return async (key, signal) => {
    const live = parts.stores.dittoServers.get(objectKeyOf(key));
    if (live === undefined) {
      statusWrittenMs.delete(key);
      parts.findings.forget(key);
      return { kind: "done" };
    }
    const server = asDittoServer(live);
    if (server === undefined)
      return {
        kind: "terminal",
        reason: "the object lacks fields that the CustomResourceDefinition fills in: install the one of this version",
      };
    const world = await look(server, key, signal);
    if (server.metadata.deletionTimestamp !== undefined) return await finish({ world, parts, signal });
    const finalized = await withFinalizer(world, signal);
    if (finalized.kind === "failed") return failureOutcome("finalizer", finalized.failure);
    const pass = await carryOut(finalized.world, signal);
    askDittoFs(pass.world, key);
    const reported = await report({
      ...parts,
      pass,
      signal,
      lastWriteMs: statusWrittenMs.get(key),
      monotonicMs: parts.clock.monotonicMs(),
    });
    if (reported.kind === "written") statusWrittenMs.set(key, parts.clock.monotonicMs());
    return nextLook(pass, reported);
  };

  async function look(server: DittoServer, key: ServerKey, signal: AbortSignal): Promise<World> {
    const world = await observe({
      ...parts,
      server,
      dittofs: { kind: "notAsked", because: "operatorStarted" },
      nowMs: parts.clock.wallMs(),
      signal,
    });
    const state = podState(world.pod);
    return { ...world, dittofs: parts.findings.seen(key, server, state.kind === "ready" ? state.uid : undefined) };
  }

  async function withFinalizer(
    world: World,
    signal: AbortSignal,
  ): Promise<{ kind: "there"; world: World } | { kind: "failed"; failure: ApiFailure }> {
    const { metadata, spec } = world.server;
    if (spec.paused || metadata.finalizers?.includes(FINALIZER) === true) return { kind: "there", world };
    const added = await addFinalizer({
      api: parts.api,
      resource: resources.dittoServers,
      store: parts.stores.dittoServers,
      metadata,
      finalizer: FINALIZER,
      fieldManager: FIELD_MANAGER,
      signal,
    });
    if (!added.ok) return { kind: "failed", failure: added.failure };
    const server = asDittoServer(added.value);
    return { kind: "there", world: server === undefined ? world : { ...world, server } };
  }

  async function carryOut(world: World, signal: AbortSignal): Promise<Pass> {
    const { server, children } = world;
    const planned = plan(world, (kind) => freshValue(kind, (count) => parts.random.bytes(count)));
    const outcomes: readonly ChildOutcome[] = server.spec.paused
      ? []
      : await act({ ...parts, server, plan: planned, children, signal });
    return { world, plan: planned, outcomes };
  }

  function askDittoFs({ server, pod }: World, key: ServerKey): void {
    const state = podState(pod);
    if (state.kind !== "ready" || server.spec.paused) return;
    const { uid: serverUid, generation } = server.metadata;
    const question = {
      serverUid,
      generation,
      podUid: state.uid,
      credentialsVersion: credentialsVersion(server, parts.stores),
    };
    if (!parts.findings.ask(key, question)) return;
    parts.sessions.allowLogin(serverUid);
    parts.askDittoFs(key);
  }
}
