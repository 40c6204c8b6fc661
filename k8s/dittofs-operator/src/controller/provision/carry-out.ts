import { type Attempt, titles } from "../../domain/provisioning/attempt.ts";
import { isAsWanted, type ObjectRef, refKey } from "../../domain/provisioning/change.ts";
import { grantKey } from "../../domain/provisioning/permissions.ts";
import type { CallBodies, DittoFsChange } from "../../domain/provisioning/provisioning.ts";
import type { DittoFsAnswer, DittoFsFailure } from "../../outside.ts";
import { type Asked, authorized } from "./authorized.ts";
import { objectFailure } from "./failure-text.ts";
import type { ProvisioningPass } from "./pass.ts";
import type { PassEnd } from "./pass-end.ts";
import { isNoted } from "./see-loaded-settings.ts";
import { type IdentityCall, sendIdentity } from "./send-identity.ts";

/** Writes that carry what the domain must not hold, or that leave something to remember. */
type WithSecret =
  | "createMetadataStore"
  | "updateMetadataStore"
  | "createUser"
  | "setUserPassword"
  | "createRemoteStore"
  | "updateRemoteStore"
  | IdentityCall["name"];
/** Each other write with the body that the domain gives it; the port has a method of that name for each. */
type Writes = {
  readonly [Name in Exclude<keyof CallBodies, WithSecret>]: (
    body: CallBodies[Name],
    signal: AbortSignal,
  ) => Promise<DittoFsAnswer<unknown>>;
};
type CallNamed<Name extends keyof CallBodies> = {
  readonly [Each in Name]: { readonly name: Each; readonly body: CallBodies[Each] };
}[Name];

export type Round =
  /** `attempted`: objects for which something was sent, so that the server has to be read again. */
  { readonly code: "done"; readonly attempted: readonly DittoFsChange[] } | PassEnd;

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
  const attempted: DittoFsChange[] = [];
  for (const change of changes) {
    const before = attempts.get(refKey(change));
    const calls = JSON.stringify(change.calls);
    if (change.calls.length === 0 || before?.calls === calls) continue;
    if (change.readAtStart === true && !isNoted(pass, change)) {
      pass.awaitsNote = true;
      continue;
    }
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
function attempt(change: DittoFsChange, { calls, changed }: Attempt, failure: ObjectFailure | undefined): Attempt {
  if (failure === undefined) return { calls, changed: [...changed, change.what] };
  if (failure.code === "noSecret") return { calls, changed, failure: `${secretTitle(change)} ${failure.message}` };
  const mayHaveChanged = failure.code === "unavailable";
  return {
    calls,
    changed: mayHaveChanged ? [...changed, change.what] : changed,
    failure: objectFailure(change, failure),
  };
}

/** Why the calls for one object ended early. */
type ObjectFailure = DittoFsFailure | NoSecret;
type NoSecret = { readonly code: "noSecret"; readonly message: string };

function secretTitle({ family, name }: ObjectRef): string {
  if (family === "remoteStore") return `Remote store ${name} has not got its access key.`;
  return `${capitalised(titles[family])} ${name} has not got its password.`;
}

async function sendAll(pass: ProvisioningPass, change: DittoFsChange): Promise<ObjectFailure | PassEnd | undefined> {
  for (const call of change.calls) {
    const answer = await send(pass, call);
    if (answer.code !== "ok") return answer;
  }
  return undefined;
}

/** Puts the password or access key in where one belongs: it lives in no change and no attempt. */
async function send(pass: ProvisioningPass, call: DittoFsChange["calls"][number]): Promise<Asked<unknown> | NoSecret> {
  if (call.name === "createMetadataStore" || call.name === "updateMetadataStore")
    return await sendMetadataStore(pass, call);
  if (call.name === "createRemoteStore" || call.name === "updateRemoteStore") return await sendRemoteStore(pass, call);
  if (call.name === "grantPermission") remember(pass, call.body);
  // Before the call, whose answer may get lost.
  if (call.name === "removeRemoteStore") {
    pass.removed.add(refKey({ family: "remoteStore", name: call.body.name }));
    pass.remoteStores = "changed";
  }
  if (call.name === "putSnapshotPolicy") pass.session.appliedSnapshotPolicies?.add(call.body.share);
  if (
    call.name === "putIdentityProvider" ||
    call.name === "createIdentityMapping" ||
    call.name === "removeIdentityMapping"
  )
    return await sendIdentity(pass, call);
  if (call.name !== "createUser" && call.name !== "setUserPassword") {
    const answer = await sendAsItIs(pass, call);
    if (call.name === "revokePermission" && answer.code === "ok") forget(pass, call.body);
    if (call.name === "removeSnapshotPolicy" && answer.code === "ok")
      pass.session.appliedSnapshotPolicies?.delete(call.body.share);
    return answer;
  }
  const { passwordDigest, ...body } = call.body;
  const read = await pass.readUserPassword(body.name);
  if (read.kind === "absent") return { code: "noSecret", message: read.message };
  const withPassword = { ...body, password: read.password };
  const answer = await authorized(pass, (api, signal) => api[call.name](withPassword, signal));
  if (answer.code === "ok") pass.session.appliedPasswords?.set(body.name, passwordDigest);
  return answer;
}

/** The password of a new store is noted before it is sent, as the answer may get lost; a change is noted after, and sent again else. */
async function sendMetadataStore(
  pass: ProvisioningPass,
  { name: callName, body }: CallNamed<"createMetadataStore" | "updateMetadataStore">,
): Promise<Asked<unknown> | NoSecret> {
  const { passwordDigest, ...store } = body;
  const read = passwordDigest === undefined ? undefined : await pass.readStorePassword(store.name);
  if (read?.kind === "absent") return { code: "noSecret", message: read.message };
  const { appliedMetadataStores } = pass.session;
  const isNew = callName === "createMetadataStore";
  if (isNew && passwordDigest !== undefined) appliedMetadataStores?.set(store.name, passwordDigest);
  const setting = { ...store, ...(read !== undefined && { password: read.password }) };
  const answer = await authorized(pass, (api, signal) => api[callName](setting, signal));
  if (isNew || answer.code !== "ok") return answer;
  if (passwordDigest !== undefined) appliedMetadataStores?.set(store.name, passwordDigest);
  return answer;
}

/** A new store is used as it is made; the answer may get lost, so that is noted before. A changed one only from the next start on. */
async function sendRemoteStore(
  pass: ProvisioningPass,
  { name: callName, body }: CallNamed<"createRemoteStore" | "updateRemoteStore">,
): Promise<Asked<unknown> | NoSecret> {
  const { hasKeys, digest, ...store } = body;
  const read = hasKeys ? await pass.readStoreKeys(store.name) : undefined;
  if (read?.kind === "absent") return { code: "noSecret", message: read.message };
  const setting = { ...store, ...(read !== undefined && { keys: read }) };
  const { appliedStores, sentStores } = pass.session;
  pass.remoteStores = "changed";
  if (callName === "createRemoteStore") appliedStores?.set(store.name, digest);
  const answer = await authorized(pass, (api, signal) => api[callName](setting, signal));
  if (callName === "updateRemoteStore" && answer.code === "ok") sentStores.set(store.name, digest);
  return answer;
}

/** Before it is given: an answer that gets lost must not make a grant of ours look like one made by hand. */
function remember({ session }: ProvisioningPass, grant: CallBodies["grantPermission"]): void {
  const before = session.appliedGrants?.get(grant.share) ?? [];
  session.appliedGrants?.set(grant.share, new Set([...before, grantKey(grant)]));
}

/** What is made by hand from now on is not the operator's. */
function forget({ session }: ProvisioningPass, grant: CallBodies["revokePermission"]): void {
  const others = new Set(session.appliedGrants?.get(grant.share));
  others.delete(grantKey(grant));
  session.appliedGrants?.set(grant.share, others);
}

function sendAsItIs<Name extends keyof Writes>(
  pass: ProvisioningPass,
  { name, body }: CallNamed<Name>,
): Promise<Asked<unknown>> {
  return authorized(pass, (api, signal) => {
    const writes: Writes = api;
    return writes[name](body, signal);
  });
}

function waitingText({ family, name }: ObjectRef, needed: ObjectRef): string {
  return `${capitalised(titles[family])} ${name} waits for ${titles[needed.family]} ${needed.name}, which is not as wanted; see there.`;
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
