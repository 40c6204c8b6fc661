import type { Pod } from "kubernetes-types/core/v1";
import type { DittoServer } from "../api/ditto-server.ts";
import { apiTls } from "../domain/api-tls.ts";
import type { ChildOutcome } from "../domain/child-outcome.ts";
import { drainLimitMs, drainText, hasUploads, unfinishedText } from "../domain/drain.ts";
import { type PodState, podState } from "../domain/pod/pod-state.ts";
import type { World } from "../domain/world.ts";
import type { OperatorParts } from "./operator-parts.ts";
import { type DrainEnd, type DrainInputs, drainUploads } from "./provision/drain-uploads.ts";
import { readApiTls } from "./read-api-tls.ts";
import { readAdminPassword } from "./read-password.ts";
import { reference } from "./report.ts";
import type { ServerKey } from "./server-key.ts";

/** A drain that ended so long ago says nothing of what was written since. */
const goodForMs = 60_000;

type Drain = { readonly podUid: string; bytes: number | undefined; endedMs: number | undefined };
type Draining = Extract<ChildOutcome["result"], { kind: "draining" }>;
type ReadyPod = Extract<PodState, { kind: "ready" }>;
type Running = { readonly pod: Pod; readonly state: ReadyPod };
type Uploading = Running & Pick<DrainInputs, "begin"> & { readonly key: ServerKey; readonly server: DittoServer };

/** Uploads that are awaited before a pod is ended, in the background: no worker waits. In memory only; begun again after a start. */
export class Drains {
  readonly #parts: Omit<OperatorParts, "drains">;
  readonly #drains = new Map<ServerKey, Drain>();

  constructor(parts: Omit<OperatorParts, "drains">) {
    this.#parts = parts;
  }

  /** What is awaited before the server's pod is ended; undefined: it may be ended now. */
  before(key: ServerKey, { server, pod }: Pick<World, "server" | "pod">): Draining | undefined {
    const state = podState(pod);
    if (!hasUploads(server) || state.kind !== "ready" || pod === undefined) return undefined;
    const known = this.#drains.get(key);
    const drain = known !== undefined && this.#isGood(known, state) ? known : this.#begin(key, server, { pod, state });
    return drain.endedMs === undefined ? { kind: "draining", message: drainText(server, drain.bytes) } : undefined;
  }

  /** For a server that is gone. */
  forget(key: ServerKey): void {
    this.#drains.delete(key);
  }

  #isGood({ podUid, endedMs }: Drain, { uid }: ReadyPod): boolean {
    return podUid === uid && (endedMs === undefined || this.#parts.clock.monotonicMs() - endedMs < goodForMs);
  }

  #begin(key: ServerKey, server: DittoServer, running: Running): Drain {
    const { clock, events, look } = this.#parts;
    const drain: Drain = { podUid: running.state.uid, bytes: undefined, endedMs: undefined };
    this.#drains.set(key, drain);
    const begin = (bytes: number): void => {
      if (drain.bytes !== undefined) return;
      drain.bytes = bytes;
      look(key);
    };
    void this.#drain({ ...running, key, server, begin }).then((end) => {
      drain.endedMs = clock.monotonicMs();
      if (end.kind === "unfinished") {
        const note = unfinishedText(server, drain.bytes, end.reason);
        events.record({
          regarding: reference(server),
          type: "Warning",
          reason: "UploadsUnfinished",
          action: "Drain",
          note,
        });
      }
      look(key);
    });
    return drain;
  }

  /** Never rejects: whatever goes wrong, the pod is ended in the end. */
  async #drain(draining: Uploading): Promise<DrainEnd> {
    const { clock, sessions, stores } = this.#parts;
    const { key, server, state, begin } = draining;
    const limitMs = drainLimitMs(server);
    const timeIsUp = new AbortController();
    const { signal } = timeIsUp;
    const cancel = clock.after(limitMs, () => timeIsUp.abort());
    const session = sessions.of(server.metadata.uid);
    return await drainUploads({
      access: async () => await this.#access(draining, signal),
      session,
      clock,
      signal,
      limitMs,
      begin,
      isThere: () => stores.pods.byIndex("server", key).some(({ metadata }) => metadata.uid === state.uid),
      isMendedByStart: session.outdated !== undefined && server.metadata.deletionTimestamp === undefined,
    })
      .catch(
        (cause: unknown) =>
          ({ kind: "unfinished", reason: `The uploads could not be awaited: ${String(cause)}.` }) as const,
      )
      .finally(cancel);
  }

  async #access({ server, pod, state }: Uploading, signal: AbortSignal): ReturnType<DrainInputs["access"]> {
    const { clock, api, dittofs, dittofsAddress, sessions } = this.#parts;
    const session = sessions.of(server.metadata.uid);
    const tls = apiTls(server, pod);
    const read = tls && (await readApiTls(tls, { ...this.#parts, server, session, signal }));
    if (read?.kind === "absent") return { code: "unreachable", message: read.message };
    const address = dittofsAddress ?? { host: state.address, port: server.spec.controlPlane.port };
    const value = {
      server,
      target: { ...address, ...(read && { tls: read.value }) },
      readAdminPassword: async () => await readAdminPassword({ server, api, signal }),
      session,
      dittofs,
      clock,
      signal,
      hasLoggedIn: false,
    };
    return { code: "ok", value };
  }
}
