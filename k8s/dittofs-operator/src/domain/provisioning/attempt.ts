import type { ProvisioningOutcome } from "../dittofs-seen.ts";
import { isAsWanted, refKey } from "./change.ts";
import type { DittoFsChange } from "./provisioning.ts";

/** What one pass did about one object. */
export type Attempt = {
  /** The calls as text: the same calls are not sent twice in one pass. */
  readonly calls: string;
  /** What had already been changed on this object earlier in the pass, and is changed now. */
  readonly changed: readonly string[];
  /** Why it did not succeed; for people. */
  readonly failure?: string;
};

export type Attempts = ReadonlyMap<string, Attempt>;

/**
 * Outcomes by what the server shows afterwards; attempts only explain. A POST whose answer was lost has succeeded when the
 * object is there, and one that was answered with 201 has failed when it is not.
 */
export function outcomes(changesLeft: readonly DittoFsChange[], attempts: Attempts): readonly ProvisioningOutcome[] {
  return changesLeft.map((change) => {
    const attempt = attempts.get(refKey(change));
    return { family: change.family, name: change.name, result: result(change, attempt) };
  });
}

function result(change: DittoFsChange, attempt: Attempt | undefined): ProvisioningOutcome["result"] {
  if (isAsWanted(change)) {
    if (attempt === undefined || attempt.changed.length === 0) return { kind: "asWanted" };
    return { kind: "changed", what: attempt.changed.join(", ") };
  }
  if (change.problem !== undefined) return { kind: "failed", message: change.problem };
  return { kind: "failed", message: attempt?.failure ?? unexplained(change, attempt) };
}

function unexplained({ family, name, what }: DittoFsChange, attempt: Attempt | undefined): string {
  const object = `${titles[family]} ${name}`;
  if (attempt === undefined)
    return `${object} is not handled yet (${what}): the operator goes on with it in its next pass.`;
  return `The server accepted the change of ${object} (${what}) and does not show it. Look into the server's log, and whether somebody else changes the object too.`;
}

/** The families as they are called in messages. */
export const titles = {
  adapter: "adapter",
  metadataStore: "metadata store",
  localStore: "local store",
  remoteStore: "remote store",
  share: "share",
  group: "group",
  user: "user",
  permission: "permission",
  snapshotPolicy: "snapshot policy of",
  protocolSettings: "settings of adapter",
  identityProvider: "identity provider",
  identityMapping: "identity mapping of",
} as const;
