import { conditionTypes } from "../api/conditions.ts";
import type { DittoServer } from "../api/ditto-server.ts";
import { API_VERSION, KIND, STATUS_FIELD_MANAGER } from "../api/group.ts";
import type { DittoServerStatus } from "../api/status.ts";
import type { EventToRecord } from "../domain/event-to-record.ts";
import { deeds, turns } from "../domain/events.ts";
import type { Pass } from "../domain/pass.ts";
import { status } from "../domain/status.ts";
import { isStatusDue } from "../domain/status-pace.ts";
import type { Events } from "../runtime/event-recorder.ts";
import { isSameJson } from "../runtime/is-same-json.ts";
import type { ApiFailure, KubernetesApi } from "../runtime/kubernetes-api.ts";
import { asDittoServer } from "./as-ditto-server.ts";
import type { ClusterStores } from "./cluster-stores.ts";
import { resources } from "./resources.ts";

export type ReportInputs = {
  readonly pass: Pass;
  readonly stores: ClusterStores;
  readonly api: KubernetesApi;
  readonly events: Events;
  /** Monotonic time of the last status write of this server by this process. */
  readonly lastWriteMs: number | undefined;
  readonly monotonicMs: number;
  readonly signal: AbortSignal;
};

export type Reported =
  | { readonly kind: "same" }
  | { readonly kind: "written" }
  /** Only progress has changed; it is written together with what follows. */
  | { readonly kind: "postponed"; readonly afterMs: number }
  | { readonly kind: "failed"; readonly failure: ApiFailure };

/** Tells what the pass found: at most one status write, and only when something is different. */
export async function report(inputs: ReportInputs): Promise<Reported> {
  const { pass, lastWriteMs, monotonicMs } = inputs;
  const { server } = pass.world;
  // Whether the status gets written or not: the next pass does not know of them any more.
  tell(deeds(pass), inputs);
  const next = status(pass);
  if (isSameJson(next, server.status ?? {})) return { kind: "same" };
  const { dittofs } = pass.world;
  // A change waits for what the status says.
  const isAwaited = dittofs.kind === "answered" && dittofs.awaitsNote === true;
  const due = isStatusDue({
    before: server.status,
    next,
    sinceLastWriteMs: lastWriteMs === undefined || isAwaited ? undefined : monotonicMs - lastWriteMs,
  });
  if (due.kind === "later") return { kind: "postponed", afterMs: due.afterMs };
  const cleared = await dropForeignConditions(server, inputs);
  if (cleared !== undefined && !cleared.ok) return { kind: "failed", failure: cleared.failure };
  const answer = await writeStatus((cleared && asDittoServer(cleared.value)) ?? server, next, inputs);
  if (!answer.ok) return { kind: "failed", failure: answer.failure };
  inputs.stores.dittoServers.recordWrite(answer.value);
  tell(turns(pass, next), inputs);
  return { kind: "written" };
}

function tell(events: readonly EventToRecord[], inputs: ReportInputs): void {
  const regarding = reference(inputs.pass.world.server);
  for (const { type, reason, action, note } of events) inputs.events.record({ regarding, type, reason, action, note });
}

/** Conditions of another operator's stay for ever otherwise: who applies a list leaves the entries of others in it. */
async function dropForeignConditions(server: DittoServer, { api, signal }: ReportInputs) {
  const { name, namespace, resourceVersion } = server.metadata;
  const foreign = foreignConditions(server);
  if (foreign.length === 0) return undefined;
  const operations = [
    { op: "test", path: "/metadata/resourceVersion", value: resourceVersion },
    ...foreign.toReversed().map((at) => ({ op: "remove", path: `/status/conditions/${at}` }) as const),
  ] as const;
  const options = { fieldManager: STATUS_FIELD_MANAGER, subresource: "status", signal } as const;
  return await api.patch(resources.dittoServers, { namespace, name }, operations, options);
}

function foreignConditions({ status }: DittoServer): readonly number[] {
  return (status?.conditions ?? []).flatMap(({ type }, at) => (type in conditionTypes ? [] : [at]));
}

async function writeStatus(server: DittoServer, next: DittoServerStatus, { api, signal }: ReportInputs) {
  const { name, namespace, resourceVersion } = server.metadata;
  // On /status the API server ignores a uid: without the version a status could land on a later server of this name.
  const body = { apiVersion: API_VERSION, kind: KIND, metadata: { name, namespace, resourceVersion }, status: next };
  return await api.apply(resources.dittoServers, body, {
    fieldManager: STATUS_FIELD_MANAGER,
    force: true,
    subresource: "status",
    signal,
  });
}

export function reference({ metadata }: DittoServer) {
  const { name, namespace, uid } = metadata;
  return { apiVersion: API_VERSION, kind: KIND, name, namespace, uid } as const;
}
