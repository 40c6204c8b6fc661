import type { OperatedLab } from "../acceptance/operated-lab.ts";
import { dittoServer } from "../acceptance/sample-server.ts";
import type { FieldChange } from "./field-changes.ts";
import { firstDifference } from "./first-difference.ts";
import { putSpec } from "./put-spec.ts";
import type { ServerState } from "./server-state.ts";
import type { WatchedServers } from "./watched-servers.ts";

/** A change of a server that runs, and of what is known of it. */
export type Trial = {
  readonly lab: OperatedLab;
  readonly servers: WatchedServers;
  readonly name: string;
  /** What it has, and gets back. */
  readonly spec: unknown;
  readonly change: FieldChange;
  /** How many restarts are waited for; more may come. */
  readonly restarts: number;
};

export type Seen =
  | { readonly kind: "refused"; readonly message: string }
  | {
      readonly kind: "taken";
      readonly isCarriedOut: boolean;
      readonly before: ServerState;
      readonly after: ServerState;
      /** Restarts by the change. */
      readonly restarts: number;
      /** Undefined when no way leads back. */
      readonly back: Back | undefined;
    };

type Back =
  | { readonly kind: "refused"; readonly message: string }
  | {
      readonly kind: "taken";
      /** Restarts by the change and the way back together. */
      readonly restarts: number;
      /** What is not as it was. */
      readonly difference: string | undefined;
    };

/** Changes one field, waits for what becomes of it, and changes it back. */
export async function changeAndBack(trial: Trial): Promise<Seen> {
  const { lab, servers, name, spec, change } = trial;
  const { connection } = lab.cluster;
  const restarts = (): number => lab.node.restarts(dittoServer.namespace, name) - first;
  const first = lab.node.restarts(dittoServer.namespace, name);
  const before = servers.state(name);
  const answer = await putSpec(connection, name, change.after);
  if (answer.kind === "refused") return answer;
  await servers.until(() => restarts() >= trial.restarts);
  const isCarriedOut = await servers.untilSettled(name, answer.generation);
  const after = servers.state(name);
  const seen = { kind: "taken", isCarriedOut, before, after, restarts: restarts() } as const;
  if (change.way === "final") return { ...seen, back: undefined };

  const back = await putSpec(connection, name, spec);
  if (back.kind === "refused") return { ...seen, back };
  const difference = () => firstDifference({ before, between: after, now: servers.state(name) });
  await servers.until(() => restarts() >= trial.restarts + (change.restartsBack ?? trial.restarts));
  await servers.untilSettled(name, back.generation);
  await servers.until(() => difference() === undefined);
  return { ...seen, back: { kind: "taken", restarts: restarts(), difference: difference() } };
}

/** What is wrong after the way back: a difference, or other restarts than these. */
export function faultsOfReturn(back: Back, restarts: number): readonly string[] {
  if (back.kind === "refused") return [`cannot be taken back: ${back.message}`];
  return [
    back.difference === undefined ? undefined : `and back leaves a difference: ${back.difference}`,
    back.restarts === restarts ? undefined : `and back restarts ${back.restarts} times, not ${restarts}`,
  ].filter((fault) => fault !== undefined);
}
