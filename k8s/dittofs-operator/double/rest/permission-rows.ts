import type { Database } from "../state/database.ts";
import type { PermissionRow } from "../state/rows.ts";

/** Sets one grant of a share, replacing the principal's earlier one. The caller saves. */
export function grant(database: Database, row: PermissionRow): void {
  revoke(database, row);
  database.permissions.push(row);
}

export function revoke(
  database: Database,
  { shareId, kind, principal }: Pick<PermissionRow, "shareId" | "kind" | "principal">,
): void {
  database.permissions = database.permissions.filter(
    (row) => row.shareId !== shareId || row.kind !== kind || row.principal !== principal,
  );
}
