import { createHash } from "node:crypto";
import type { SecretSeen, SecretValueSeen } from "../domain/world.ts";
import type { KubernetesApi, ObjectKey, ObjectMeta } from "../runtime/kubernetes-api.ts";
import { resources } from "./resources.ts";
import { secretForm } from "./secret-form.ts";

export type SecretReader = {
  /** Reads a Secret only when its metadata says that it is another one than last time. */
  read(key: Required<ObjectKey>, metadata: ObjectMeta | undefined, signal: AbortSignal): Promise<SecretSeen>;
};

const absent: SecretSeen = { kind: "absent" };
/** Servers name few Secrets; the bound only keeps a misuse from growing without end. */
const maxRemembered = 20_000;

/** Knows Secrets of users by digest and length; the values are dropped at once. */
export function createSecretReader(api: Pick<KubernetesApi, "get">): SecretReader {
  const remembered = new Map<string, { readonly version: string; readonly seen: SecretSeen }>();
  return {
    async read(key, metadata, signal) {
      const id = `${key.namespace}/${key.name}`;
      if (metadata === undefined) {
        remembered.delete(id);
        return absent;
      }
      const version = `${metadata.uid ?? ""}/${metadata.resourceVersion ?? ""}`;
      const known = remembered.get(id);
      if (known?.version === version) return known.seen;
      const answer = await api.get(resources.secrets, key, signal);
      if (!answer.ok) {
        if (answer.failure.code === "notFound") return absent;
        return { kind: "unreadable", message: answer.failure.message };
      }
      const seen: SecretSeen = { kind: "present", keys: valuesSeen(answer.value["data"]) };
      if (remembered.size >= maxRemembered) remembered.clear();
      const { uid, resourceVersion } = answer.value.metadata;
      remembered.set(id, { version: `${uid ?? ""}/${resourceVersion ?? ""}`, seen });
      return seen;
    },
  };
}

function valuesSeen(data: unknown): ReadonlyMap<string, SecretValueSeen> {
  if (typeof data !== "object" || data === null) return new Map();
  return new Map(
    Object.entries(data).flatMap(([key, value]) => {
      if (typeof value !== "string") return [];
      const bytes = Buffer.from(value, "base64");
      const form = secretForm(bytes);
      const digest = createHash("sha256").update(bytes).digest("hex");
      return [[key, { digest, lengthBytes: bytes.length, ...(form !== undefined && { form }) }] as const];
    }),
  );
}
