import { PLURAL } from "../../src/api/group.ts";
import { dittoServer } from "../acceptance/sample-server.ts";
import type { AdminConnection } from "../cluster/admin-connection.ts";

/** What the API server says to another spec in place of the one that it holds. */
export type Answer =
  | { readonly kind: "taken"; readonly generation: number }
  | { readonly kind: "refused"; readonly message: string };

/** Puts a spec in the place of the one that the server has. */
export async function putSpec(connection: AdminConnection, name: string, spec: unknown): Promise<Answer> {
  const path = `/apis/${dittoServer.apiVersion}/namespaces/${dittoServer.namespace}/${PLURAL}/${name}`;
  const patch = [{ op: "replace", path: "/spec", value: spec }];
  const { status, body } = await connection.send(
    "PATCH",
    `${path}?fieldValidation=Strict`,
    patch,
    "application/json-patch+json",
  );
  if (status >= 500) throw new Error(`the API server failed: ${JSON.stringify(body)}`);
  if (status >= 400) return { kind: "refused", message: (body as { message: string }).message }; // a Status
  return { kind: "taken", generation: (body as { metadata: { generation: number } }).metadata.generation }; // the object
}
