import { API_VERSION, KIND, PLURAL } from "../../src/api/group.ts";
import type { AdminConnection } from "../cluster/admin-connection.ts";

/** What the API server says to a manifest that is only tried (`dryRun`): taken with its defaults, or refused in its own words. */
export type Verdict =
  | { readonly isTaken: true; readonly spec: unknown }
  | { readonly isTaken: false; readonly message: string };

export type Admission = {
  readonly tryCreation: (spec: unknown, name?: string) => Promise<Verdict>;
  /** Stores `before` under the name, and tries `after` in its place. */
  readonly tryChange: (name: string, before: unknown, after: unknown) => Promise<Verdict>;
};

const namespace = "default";
const collection = `/apis/${API_VERSION}/namespaces/${namespace}/${PLURAL}`;
const dryRun = "dryRun=All&fieldValidation=Strict";

/** A DittoServer as a user writes it. */
export function manifest(spec: unknown, name = "files") {
  return { apiVersion: API_VERSION, kind: KIND, metadata: { name, namespace }, spec };
}

export function admission(connection: AdminConnection): Admission {
  return {
    tryCreation: async (spec, name) =>
      verdict(await connection.send("POST", `${collection}?${dryRun}`, manifest(spec, name))),
    tryChange: async (name, before, after) => {
      const stored = await connection.send("POST", collection, manifest(before, name));
      if (stored.status !== 201) throw new Error(`the spec before the change is refused: ${messageOf(stored.body)}`);
      const changed = { ...manifest(after, name), metadata: field(stored.body, "metadata") };
      return verdict(await connection.send("PUT", `${collection}/${name}?${dryRun}`, changed));
    },
  };
}

function verdict({ status, body }: { readonly status: number; readonly body: unknown }): Verdict {
  if (status >= 500) throw new Error(`the API server failed: ${messageOf(body)}`);
  if (status >= 400) return { isTaken: false, message: messageOf(body) };
  return { isTaken: true, spec: field(body, "spec") };
}

function messageOf(body: unknown): string {
  return String(field(body, "message"));
}

function field(body: unknown, name: string): unknown {
  return typeof body === "object" && body !== null
    ? Object.entries(body).find(([key]) => key === name)?.[1]
    : undefined;
}
