import type { ConditionVerdict } from "../../api/conditions.ts";

/** The control-plane database answers. SQLite is a file of the server's own: it is there when the server is. */
export function databaseReady(): ConditionVerdict {
  return { status: "True", reason: "SQLite", message: "The control plane keeps its data in SQLite." };
}
