import { isReachable } from "../../domain/provisioning/dead-stores.ts";
import type { LiveRemoteStore } from "../../domain/provisioning/live-dittofs.ts";
import { authorized } from "./authorized.ts";
import type { ProvisioningPass } from "./pass.ts";
import type { Read } from "./pass-end.ts";
import { readEnd } from "./read-list.ts";
import type { RemoteLook, Session } from "./sessions.ts";
import { wait } from "./wait.ts";

/** How long a pass waits for stores that answered before. */
const patienceMs = 1000;

const suspected = { status: "unknown", message: "The server has not found out yet whether it answers." } as const;

/**
 * The remote stores, as far as that is known without waiting: the server takes five seconds to find one dead. A look goes
 * on in the background, and what it finds that is new brings the next pass. Only a look after a change of a store (`anew`)
 * is waited for, and one after a look that failed. Before the first look has ended nothing can be said.
 */
export async function readRemoteStores(
  pass: ProvisioningPass,
  how: "usual" | "anew",
): Promise<Read<readonly LiveRemoteStore[]>> {
  const { session, clock, signal } = pass;
  if (how === "anew") {
    delete session.remoteLook;
    delete session.freshStores;
  }
  const fresh = session.freshStores;
  if (fresh !== undefined) {
    delete session.freshStores;
    return { code: "ok", value: fresh };
  }
  const before = session.remoteStores;
  const look = (session.remoteLook ??= begin(pass));
  if (how === "anew" || session.hasLookFailed === true) await look.done;
  else if (before === undefined || before.every(isReachable))
    await Promise.race([look.done, wait(clock, patienceMs, signal)]);
  if (look.result !== undefined) return taken(session, look.result);
  const told = before?.every(isReachable) ? before.map((store) => ({ ...store, health: suspected })) : before;
  // A look that several passes meet brings one pass: the last of them knows most.
  look.whenDone = () => tellNews(pass, told, look);
  return told === undefined ? { code: "later" } : { code: "ok", value: told };
}

function begin(pass: ProvisioningPass): RemoteLook {
  const look: RemoteLook = {
    whenDone: () => undefined,
    done: lookAtAll(pass).then((result) => {
      look.result = result;
      look.whenDone();
    }),
  };
  return look;
}

function taken(session: Session, result: Read<readonly LiveRemoteStore[]>): Read<readonly LiveRemoteStore[]> {
  delete session.remoteLook;
  delete session.hasLookFailed;
  if (result.code === "ok") session.remoteStores = result.value;
  else session.hasLookFailed = true;
  return result;
}

function tellNews(
  { session, askAgain }: ProvisioningPass,
  told: readonly LiveRemoteStore[] | undefined,
  look: RemoteLook,
): void {
  // Another look has been begun since, after a change of a store.
  if (session.remoteLook !== look || look.result === undefined) return;
  const result = taken(session, look.result);
  if (result.code === "ok") {
    if (told !== undefined && summary(result.value) === summary(told)) return;
    session.freshStores = result.value;
  }
  askAgain();
}

function summary(stores: readonly LiveRemoteStore[]): string {
  return JSON.stringify(stores.map(({ name, health }) => [name, health.status]));
}

/** The list has five seconds for all stores together, and calls those dead that it has not come to: several are asked one by one. */
async function lookAtAll(pass: ProvisioningPass): Promise<Read<readonly LiveRemoteStore[]>> {
  pass.readsLeft -= 1;
  const all = await authorized(pass, (api, signal) => api.remoteStores(signal));
  if (all.code !== "ok") return readEnd(pass, all);
  const doubtful = all.value.filter((store) => !isReachable(store));
  if (doubtful.length < 2) return all;
  const answers = doubtful.map(async ({ name }) => {
    const one = await authorized(pass, (api, signal) => api.remoteStore(name, signal));
    return one.code === "ok" ? [one.value] : [];
  });
  const asked = (await Promise.all(answers)).flat();
  return { code: "ok", value: all.value.map((store) => asked.find(({ id }) => id === store.id) ?? store) };
}
