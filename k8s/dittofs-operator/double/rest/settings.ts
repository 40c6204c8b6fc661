import { timestamp } from "../dittofs-server.ts";
import { type Answer, json, noContent } from "../http/answer.ts";
import { fields } from "../http/body.ts";
import { type Call, param } from "../http/call.ts";

export function listSettings({ server }: Call): Answer {
  return json(server.database.settings.map(({ key, value, updatedAt }) => ({ key, value, updated_at: updatedAt })));
}

/** A key that was never set has an empty value. */
export function getSetting(call: Call): Answer {
  const key = param(call, "key");
  return json({ key, value: call.server.database.settings.find((row) => row.key === key)?.value ?? "" });
}

export function setSetting(call: Call): Answer {
  const { value = "" } = fields(call, { value: "string" });
  const key = param(call, "key");
  const { database } = call.server;
  const row = { key, value, updatedAt: timestamp(call.server) };
  database.settings = [...database.settings.filter((other) => other.key !== key), row];
  database.save();
  return json({ key, value });
}

export function deleteSetting(call: Call): Answer {
  const { database } = call.server;
  database.settings = database.settings.filter((row) => row.key !== param(call, "key"));
  database.save();
  return noContent;
}
