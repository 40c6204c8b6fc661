import type { DittoServer } from "../api/ditto-server.ts";
import type { DittoFsSeen } from "../domain/dittofs-seen.ts";
import { durationMs } from "../domain/duration.ts";
import { mountedSecrets, secretSource } from "../domain/mounted-secrets.ts";
import { podName } from "../domain/names.ts";
import { podState } from "../domain/pod-state.ts";
import type { World } from "../domain/world.ts";
import type { Outcome } from "../runtime/outcome.ts";
import { asDittoServer } from "./as-ditto-server.ts";
import type { OperatorParts } from "./operator-parts.ts";
import type { AdminPassword } from "./provision/pass.ts";
import { provisionDittoFs } from "./provision.ts";
import type { Reconcile } from "./reconcile.ts";
import { resources } from "./resources.ts";
import { objectKeyOf, type ServerKey } from "./server-key.ts";

/** First pause after a server did not answer; it doubles up to the polling interval. */
const firstPauseMs = 1_000;

/**
 * The pass over one DittoFS server's REST API. It has a controller of its own, so that a server that answers slowly holds
 * no worker of the other; what it finds is left in `findings`, and the other controller is woken when that is news.
 */
export function createAskDittoFs(parts: OperatorParts): Reconcile {
  const silences = new Map<ServerKey, number>();

  return async (key, signal) => {
    const object = parts.stores.dittoServers.get(objectKeyOf(key));
    const server = object === undefined ? undefined : asDittoServer(object);
    const pod = server === undefined ? undefined : readyPod(server, key);
    if (
      server === undefined ||
      pod === undefined ||
      server.spec.paused ||
      server.metadata.deletionTimestamp !== undefined
    ) {
      silences.delete(key);
      return { kind: "done" };
    }
    const target = parts.dittofsAddress ?? { host: pod.address, port: server.spec.controlPlane.port };
    const seen = await provisionDittoFs({
      ...parts,
      server,
      target,
      signal,
      readAdminPassword: async () => await adminPassword(server, signal),
    });
    if (parts.findings.answer(key, pod.uid, seen)) parts.look(key);
    const silent = seen.kind === "answered" ? 0 : (silences.get(key) ?? 0) + 1;
    silences.set(key, silent);
    return nextQuestion(server, silent, seen);
  };

  function readyPod(server: DittoServer, key: ServerKey) {
    const pod = parts.stores.pods.byIndex("server", key).find(({ metadata }) => metadata.name === podName(server));
    const state = podState(pod as unknown as World["pod"]); // the store watches pods
    return state.kind === "ready" ? state : undefined;
  }

  async function adminPassword(server: DittoServer, signal: AbortSignal): Promise<AdminPassword> {
    const row = mountedSecrets.find(({ kind }) => kind === "password");
    if (row === undefined) throw new Error("the table of Secrets has no administrator's password");
    const { name, key } = secretSource(row, server);
    const answer = await parts.api.get(resources.secrets, { namespace: server.metadata.namespace, name }, signal);
    if (!answer.ok)
      return {
        kind: "absent",
        message: `Secret ${name} with the administrator's password cannot be read (${answer.failure.code}): ${answer.failure.message}`,
      };
    const data = answer.value["data"];
    const value: unknown =
      typeof data === "object" && data !== null ? Object.entries(data).find(([each]) => each === key)?.[1] : undefined;
    if (typeof value !== "string" || value === "")
      return { kind: "absent", message: `Secret ${name} has no key ${key} with the administrator's password. Add it.` };
    return { kind: "present", password: Buffer.from(value, "base64").toString("utf8") };
  }

  /** Spread by a tenth, so that a thousand servers are not asked in the same second. */
  function nextQuestion(server: DittoServer, silent: number, seen: DittoFsSeen): Outcome {
    const intervalMs = durationMs(server.spec.adapterDiscovery.pollingInterval);
    const afterMs = seen.kind === "answered" ? intervalMs : Math.min(intervalMs, firstPauseMs * 2 ** (silent - 1));
    return { kind: "lookAgain", afterMs: afterMs * (0.95 + parts.random.fraction() / 10) };
  }
}
