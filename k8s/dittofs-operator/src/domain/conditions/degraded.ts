import type { ConditionVerdict } from "../../api/conditions.ts";
import type { Pass } from "../pass.ts";
import { podState } from "../pod/pod-state.ts";
import type { DeadStore } from "../provisioning/dead-stores.ts";

/** The server serves, but a part of it does not. */
export function degraded({ world }: Pass): ConditionVerdict {
  if (podState(world.pod).kind !== "ready" || world.dittofs.kind !== "answered") return fine;
  const adapter = world.dittofs.adapters.find((each) => !each.isServing);
  if (adapter !== undefined) {
    return {
      status: "True",
      reason: "AdapterFailed",
      message: `The ${adapter.type} adapter does not serve on port ${adapter.port}: ${adapter.message}`,
    };
  }
  const [dead] = world.dittofs.deadStores;
  if (dead !== undefined) return { status: "True", reason: "RemoteStoreUnavailable", message: deadText(dead) };
  const disabled = new Set(
    world.server.spec.shares?.filter(({ enabled }) => enabled === false).map(({ name }) => name),
  );
  const { shares, outdated } = world.dittofs;
  // A start that is on its way opens it.
  const isComing = (share: (typeof shares)[number]): boolean => share.awaitsStart === true && outdated !== undefined;
  const share = shares.find((each) => !each.isServing && !disabled.has(each.name) && !isComing(each));
  if (share !== undefined)
    return { status: "True", reason: "ShareFailed", message: `Share ${share.name} does not serve: ${share.message}` };
  return fine;
}

const namedShares = 10;

function deadText({ name, message, shares }: DeadStore): string {
  const store = `Remote store ${name} does not answer (${message}).`;
  if (shares.length === 0) return `${store} No share is on it.`;
  const more = shares.length > namedShares ? ` and ${shares.length - namedShares} more` : "";
  const named = `${shares.slice(0, namedShares).join(", ")}${more}`;
  return `${store} On it: ${named}. They serve what their local store holds, and what is written is uploaded when it answers again; nothing is changed on them until then.`;
}

const fine: ConditionVerdict = { status: "False", reason: "AsWanted", message: "Nothing is known to be wrong." };
