import { createHash } from "node:crypto";
import { GROUP } from "../api/group.ts";

/** Annotation of the pod template; with the template's own fields it is all of a StatefulSet that restarts the file server. `pod-restart.ts` is the other way. */
export const rolloutAnnotation = `${GROUP}/rollout`;

export type RolloutInputs = {
  readonly configFile: string;
  /** By environment variable or path; undefined while a new process could not use the Secret. */
  readonly secretDigests: ReadonlyMap<string, string | undefined>;
};

/**
 * A digest of what the server reads once, at its start. Undefined while a part is missing: then nothing may restart the
 * server, because the new process would not come up.
 */
export function rolloutDigest({ configFile, secretDigests }: RolloutInputs): string | undefined {
  const parts = [configFile];
  for (const [variable, digest] of secretDigests) {
    if (digest === undefined) return undefined;
    parts.push(variable, digest);
  }
  const hash = createHash("sha256");
  // The length before each part keeps two neighbours from being read as one.
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:${part}`);
  return hash.digest("hex");
}
