import { type Answer, badRequest, json, notFound } from "../http/answer.ts";
import { optionalFields } from "../http/body.ts";
import type { Call } from "../http/call.ts";
import type { LoadedShare } from "../runtime/loaded-shares.ts";
import { namedShare } from "./share-rows.ts";

const missing = "share or recycled entry not found";

/** Nothing is ever deleted in a double, so every bin is empty. */
export function listTrash(call: Call): Answer {
  loadedShare(call);
  return json([]);
}

export function trashStatus(call: Call): Answer {
  return json({ enabled: loadedShare(call).row.trashEnabled, item_count: 0, total_bytes: 0 });
}

export function emptyTrash(call: Call): Answer {
  optionalFields(call, { force: "boolean" });
  loadedShare(call);
  return json({ removed: 0 });
}

export function restoreTrash(call: Call): Answer {
  const { bin_path } = optionalFields(call, { bin_path: "string", to: "string" });
  if (!bin_path) throw badRequest("bin_path is required");
  throw notFound(missing);
}

function loadedShare(call: Call): LoadedShare {
  const share = call.server.shares.get(namedShare(call));
  if (share === undefined) throw notFound(missing);
  return share;
}
