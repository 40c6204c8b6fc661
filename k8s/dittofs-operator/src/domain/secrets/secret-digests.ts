import { createHash } from "node:crypto";
import type { Secret } from "kubernetes-types/core/v1";
import type { DittoServer } from "../../api/ditto-server.ts";
import type { Wanted } from "../wanted-child.ts";
import type { SecretSeen } from "../world.ts";
import { type Delivery, type SecretReference, type SecretSource, secretSources } from "./mounted-secrets.ts";
import { usableValue } from "./secret-findings.ts";

export type SecretDigestInputs = {
  readonly server: DittoServer;
  readonly seen: ReadonlyMap<string, SecretSeen>;
  /** The generated Secrets as this pass wants them. */
  readonly credentials: readonly Wanted<"Secret", Secret>[];
};

/**
 * By environment variable or path: what each Secret adds to the rollout digest, or undefined while a new process could
 * not use it. A Secret whose change needs no restart adds nothing that changes.
 */
export function secretDigests(inputs: SecretDigestInputs): ReadonlyMap<string, string | undefined> {
  return new Map(
    secretSources(inputs.server).map((row) => {
      const digest = digestOf(row, inputs);
      const isConstant = digest !== undefined && !row.needsRestart(inputs.server);
      return [placeOf(row.delivery), isConstant ? "" : digest];
    }),
  );
}

function placeOf(delivery: Delivery): string {
  return delivery.kind === "environment" ? delivery.variable : `${delivery.directory}/${delivery.fileName}`;
}

function digestOf(row: SecretSource, { server, seen, credentials }: SecretDigestInputs): string | undefined {
  if (row.reference(server) === undefined) return generatedDigest(row.source, credentials);
  const value = usableValue(row, row.source, seen.get(row.source.name));
  return value.kind === "usable" ? value.digest : undefined;
}

function generatedDigest(
  { name, key }: SecretReference,
  credentials: readonly Wanted<"Secret", Secret>[],
): string | undefined {
  const value = credentials.find((secret) => secret.metadata.name === name)?.data?.[key];
  return value === undefined ? undefined : createHash("sha256").update(value, "base64").digest("hex");
}
