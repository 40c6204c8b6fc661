import type { ProvisioningFamily } from "../dittofs-seen.ts";

export type ObjectRef = { readonly family: ProvisioningFamily; readonly name: string };

/** One write to the DittoFS API: which one, and with what. `Bodies` names each write of a family and its body. */
export type Call<Bodies> = {
  readonly [Name in keyof Bodies]: { readonly name: Name; readonly body: Bodies[Name] };
}[keyof Bodies];

/** What it takes to bring one object from live to wanted; nothing at all when it is as wanted. */
export type Change<Bodies> = ObjectRef & {
  /** Objects that have to be as wanted before the calls make sense. */
  readonly needs: readonly ObjectRef[];
  /** Carried out in this order; the first that fails ends them. */
  readonly calls: readonly Call<Bodies>[];
  /** What the calls change, for people. */
  readonly what: string;
  /** The process takes it up at its start: the calls are made once the status says with what the process has started. */
  readonly readAtStart?: true;
  /** What has to be read again after the calls, because no list shows it; a key of the details. */
  readonly detail?: string;
  /** What differs and is not changed: the reason, and the safe way. */
  readonly problem?: string;
};

export function isAsWanted({
  calls,
  problem,
}: {
  readonly calls: readonly unknown[];
  readonly problem?: string;
}): boolean {
  return calls.length === 0 && problem === undefined;
}

/** Identifies an object within one server. */
export function refKey({ family, name }: ObjectRef): string {
  return `${family} ${name}`;
}

/** What `refKey` wrote. A key comes back from a status, where anybody may have written it: its family may be none. */
export function keyedRef(key: string): { readonly family: string; readonly name: string } {
  const [family = "", ...name] = key.split(" ");
  return { family, name: name.join(" ") };
}
