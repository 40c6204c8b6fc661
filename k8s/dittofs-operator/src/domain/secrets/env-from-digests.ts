import { createHash } from "node:crypto";
import type { DittoServer } from "../../api/ditto-server.ts";
import type { SecretSeen } from "../world.ts";

/** Names of the Secrets whose every key becomes a variable of the server. */
export function envFromSecretNames({ spec }: DittoServer): readonly string[] {
  return (spec.pod?.envFrom ?? []).flatMap(({ secretRef }) => secretRef?.name ?? []);
}

/** What these Secrets add to the rollout digest: the server reads its environment only at its start. */
export function envFromDigests(
  server: DittoServer,
  seen: ReadonlyMap<string, SecretSeen>,
): ReadonlyMap<string, string | undefined> {
  const sources = (server.spec.pod?.envFrom ?? []).flatMap(({ secretRef }) => secretRef ?? []);
  return new Map(
    sources.map(({ name, optional }) => [`envFrom ${name}`, digest(seen.get(name), optional === true)] as const),
  );
}

function digest(secret: SecretSeen | undefined, isOptional: boolean): string | undefined {
  if (secret === undefined || secret.kind === "absent") return isOptional ? "" : undefined;
  if (secret.kind === "unreadable") return undefined;
  const keys = [...secret.keys].map(([key, value]) => `${key} ${value.digest}`).toSorted();
  return createHash("sha256").update(keys.join("\n")).digest("hex");
}
