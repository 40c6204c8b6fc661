import { type Attempt, titles } from "../../domain/provisioning/attempt.ts";
import { isAsWanted, type ObjectRef, refKey } from "../../domain/provisioning/change.ts";
import type { CallBodies, DittoFsChange } from "../../domain/provisioning/provisioning.ts";
import type { DittoFsAnswer, DittoFsFailure } from "../../outside.ts";
import { type Asked, authorized } from "./authorized.ts";
import { objectFailure } from "./failure-text.ts";
import type { PassEnd, ProvisioningPass } from "./pass.ts";

/** Each write with the body that the domain gives it; the port has a method of that name for each. */
type Writes = {
  readonly [Name in keyof CallBodies]: (body: CallBodies[Name], signal: AbortSignal) => Promise<DittoFsAnswer<unknown>>;
};
type CallNamed<Name extends keyof CallBodies> = {
  readonly [Each in Name]: { readonly name: Each; readonly body: CallBodies[Each] };
}[Name];

export type Round =
  /** `attempted`: objects for which something was sent, so that the server has to be read again. */
  { readonly code: "done"; readonly attempted: readonly ObjectRef[] } | PassEnd;

/**
 * Carries out what a look at the server asks for, object by object, and notes each attempt. An object that fails holds up
 * only those that need it. A write without an answer ends the round: whether it happened is read before anything else.
 */
export async function carryOut(
  pass: ProvisioningPass,
  changes: readonly DittoFsChange[],
  attempts: Map<string, Attempt>,
): Promise<Round> {
  const ready = new Set(changes.filter(isAsWanted).map(refKey));
  const attempted: ObjectRef[] = [];
  for (const change of changes) {
    const before = attempts.get(refKey(change));
    const calls = JSON.stringify(change.calls);
    if (change.calls.length === 0 || before?.calls === calls) continue;
    const missing = change.needs.find((need) => !ready.has(refKey(need)));
    if (missing !== undefined) {
      attempts.set(refKey(change), {
        calls: "",
        changed: before?.changed ?? [],
        failure: waitingText(change, missing),
      });
      continue;
    }
    if (pass.clock.monotonicMs() >= pass.lastStartMs) break;
    attempted.push(change);
    const failure = await sendAll(pass, change);
    if (failure?.code === "unreachable" || failure?.code === "loginFailed") return failure;
    attempts.set(refKey(change), attempt(change, { calls, changed: before?.changed ?? [] }, failure));
    if (failure === undefined) ready.add(refKey(change));
    if (failure?.code === "unavailable" && failure.because !== "serverError") break;
  }
  return { code: "done", attempted };
}

/** A refused call has changed nothing; one without an answer may have. */
function attempt(change: DittoFsChange, { calls, changed }: Attempt, failure: DittoFsFailure | undefined): Attempt {
  if (failure === undefined) return { calls, changed: [...changed, change.what] };
  const mayHaveChanged = failure.code === "unavailable";
  return {
    calls,
    changed: mayHaveChanged ? [...changed, change.what] : changed,
    failure: objectFailure(change, failure),
  };
}

async function sendAll(pass: ProvisioningPass, change: DittoFsChange): Promise<DittoFsFailure | PassEnd | undefined> {
  for (const call of change.calls) {
    const answer = await send(pass, call);
    if (answer.code !== "ok") return answer;
  }
  return undefined;
}

function send<Name extends keyof CallBodies>(
  pass: ProvisioningPass,
  { name, body }: CallNamed<Name>,
): Promise<Asked<unknown>> {
  return authorized(pass, (api, signal) => {
    const writes: Writes = api;
    return writes[name](body, signal);
  });
}

function waitingText({ family, name }: ObjectRef, needed: ObjectRef): string {
  const title = titles[family];
  return `${title.slice(0, 1).toUpperCase()}${title.slice(1)} ${name} waits for ${titles[needed.family]} ${needed.name}, which is not as wanted; see there.`;
}
