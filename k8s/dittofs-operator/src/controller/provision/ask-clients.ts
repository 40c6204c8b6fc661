import type { ClientsSeen } from "../../domain/deletion-hold.ts";
import type { Provisioning } from "../provision.ts";
import { authorized } from "./authorized.ts";
import { answerText } from "./failure-text.ts";

/** Asks a server who has it mounted; nothing is changed on it. */
export async function askClients(provisioning: Provisioning): Promise<ClientsSeen> {
  const pass = {
    ...provisioning,
    session: provisioning.sessions.of(provisioning.server.metadata.uid),
    lastStartMs: 0,
    hasLoggedIn: false,
    readsLeft: 1,
  };
  const asked = await authorized(pass, (api, signal) => api.clients(signal));
  if (asked.code === "ok") return { kind: "seen", clients: asked.value };
  const isEnd = asked.code === "unreachable" || asked.code === "loginFailed";
  return { kind: "unknown", message: isEnd ? asked.message : answerText(asked) };
}
