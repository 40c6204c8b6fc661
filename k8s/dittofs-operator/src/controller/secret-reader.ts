import { createHash } from "node:crypto";
import type { SecretForm, SecretSeen, SecretValueSeen } from "../domain/world.ts";
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

/** Keys whose values say where a database is; its password is none of them. */
const placeKeys = new Set(["host", "port", "database", "dbname", "user", "sslmode"]);

function lineForm(key: string, bytes: Buffer): SecretForm | undefined {
  if (!placeKeys.has(key) || bytes.length > 253) return undefined;
  const text = bytes.toString("utf8");
  return /^[\x21-\x7e]+$/.test(text) ? { kind: "line", text } : undefined;
}

function valuesSeen(data: unknown): ReadonlyMap<string, SecretValueSeen> {
  if (typeof data !== "object" || data === null) return new Map();
  return new Map(
    Object.entries(data).flatMap(([key, value]) => {
      if (typeof value !== "string") return [];
      const bytes = Buffer.from(value, "base64");
      const form = lineForm(key, bytes) ?? secretForm(bytes);
      const digest = createHash("sha256").update(bytes).digest("hex");
      return [[key, { digest, lengthBytes: bytes.length, ...(form !== undefined && { form }) }] as const];
    }),
  );
}
