import type { Pod } from "kubernetes-types/core/v1";
import type { DittoServer } from "../api/ditto-server.ts";
import { type ApiTls, apiTls } from "../domain/api-tls.ts";
import { bucketClaims, bucketNames } from "../domain/bucket-claims.ts";
import { storeDatabases } from "../domain/database/store-databases.ts";
import type { DittoFsSeen } from "../domain/dittofs-seen.ts";
import { durationMs } from "../domain/duration.ts";
import { identityFacts } from "../domain/identity-facts.ts";
import { podName } from "../domain/names.ts";
import { type PodState, podState, processOfPod } from "../domain/pod/pod-state.ts";
import { adminPasswordDigest } from "../domain/secrets/admin-password-digest.ts";
import { referencedSecretNames } from "../domain/secrets/referenced-secrets.ts";
import { storeCredentials } from "../domain/secrets/store-credentials.ts";
import { type SecretsSeen, userPasswords } from "../domain/secrets/user-passwords.ts";
import type { World } from "../domain/world.ts";
import type { KubernetesObject } from "../runtime/kubernetes-api.ts";
import type { Outcome } from "../runtime/outcome.ts";
import { asDittoServer } from "./as-ditto-server.ts";
import type { OperatorParts } from "./operator-parts.ts";
import { ownership } from "./ownership.ts";
import { askClients } from "./provision/ask-clients.ts";
import type { PassEnd } from "./provision/pass-end.ts";
import { type Provisioning, provisionDittoFs, unseen } from "./provision.ts";
import { readApiTls } from "./read-api-tls.ts";
import { readDatabaseClaims } from "./read-database-claims.ts";
import { readAdminPassword, readProviderSecret, readUserPassword } from "./read-password.ts";
import { readSecrets } from "./read-secrets.ts";
import { readStoreKeys } from "./read-store-keys.ts";
import { readStorePassword } from "./read-store-password.ts";
import { objectKeyOf, type ServerKey } from "./server-key.ts";

/** First pause after a server did not answer; it doubles up to the polling interval. */
const firstPauseMs = 1_000;

type Asked = {
  readonly server: DittoServer;
  readonly pod: Extract<PodState, { kind: "ready" }>;
  /** Undefined: in clear. */
  readonly tls: ApiTls | undefined;
  readonly podVolumes: ReadonlySet<string>;
  readonly object: Pod;
};

type Way = { readonly code: "ok"; readonly value: Provisioning } | PassEnd;

/**
 * The pass over one DittoFS server's REST API. It has a controller of its own, so that a server that answers slowly holds
 * no worker of the other; what it finds is left in `findings`, and the other controller is woken when that is news.
 */
export class DittoFsAsker {
  readonly #parts: OperatorParts;
  /** Passes in a row without an answer. */
  readonly #silences = new Map<ServerKey, number>();
  readonly #passes = new Map<ServerKey, { readonly asked: Asked; readonly end: AbortController }>();

  constructor(parts: OperatorParts) {
    this.#parts = parts;
  }

  async pass(key: ServerKey, signal: AbortSignal): Promise<Outcome> {
    const asked = this.#asked(key);
    if (asked === undefined) {
      this.#silences.delete(key);
      this.#parts.findings.miss(key);
      return { kind: "done" };
    }
    const end = new AbortController();
    this.#passes.set(key, { asked, end });
    try {
      return await this.#ask(key, asked, AbortSignal.any([signal, end.signal]));
    } catch (error) {
      // Whoever sees the next process serve asks it.
      if (end.signal.aborted && !signal.aborted) return { kind: "done" };
      throw error;
    } finally {
      this.#passes.delete(key);
    }
  }

  /** Calls off the pass under way when the process that it asks has ended: its calls would hang until their time is up. */
  seePod(key: ServerKey): void {
    const pass = this.#passes.get(key);
    if (pass === undefined) return;
    const found = this.#parts.stores.pods.byIndex("server", key);
    const pod = found.find(({ metadata }) => metadata.uid === pass.asked.object.metadata?.uid);
    if (pod === undefined || processOfPod(asPod(pod)) !== pass.asked.pod.process) pass.end.abort();
  }

  async #ask(key: ServerKey, asked: Asked, signal: AbortSignal): Promise<Outcome> {
    const { clock, findings, look, sessions } = this.#parts;
    const { server, pod } = asked;
    sessions.seeProcess(server.metadata.uid, pod.process);
    const way = await this.#wayTo(key, asked, signal);
    if (server.metadata.deletionTimestamp !== undefined) return await this.#askClients(key, server, way);
    const seen =
      way.code === "ok" ? await provisionDittoFs(way.value) : unseen(sessions.of(server.metadata.uid), clock, way);
    if (findings.answer(key, pod.process, seen)) look(key);
    return { kind: "lookAgain", afterMs: this.#pauseMs(key, server, seen) };
  }

  /** All that it takes to talk to the server, or why nobody can. */
  async #wayTo(key: ServerKey, asked: Asked, signal: AbortSignal): Promise<Way> {
    const { server, pod, tls, podVolumes } = asked;
    const { api, dittofsAddress, sessions } = this.#parts;
    const session = sessions.of(server.metadata.uid);
    const read = tls && (await readApiTls(tls, { ...this.#parts, server, session, signal }));
    if (read?.kind === "absent") return { code: "unreachable", message: read.message };
    const address = dittofsAddress ?? { host: pod.address, port: server.spec.controlPlane.port };
    const reading = { server, api, signal };
    const value: Provisioning = {
      ...this.#parts,
      server,
      podVolumes,
      target: { ...address, ...(read && { tls: read.value }) },
      readAdminPassword: async () => await readAdminPassword(reading),
      ...(await this.#secrets(key, asked, signal)),
      readUserPassword: async (username) => await readUserPassword(username, reading),
      readStorePassword: async (store) => await readStorePassword(store, reading),
      readProviderSecret: async (type) => await readProviderSecret(type, reading),
      readStoreKeys: async (store) => await readStoreKeys(store, reading),
      askAgain: () => this.#parts.askDittoFs(key),
      signal,
    };
    return { code: "ok", value };
  }

  /** All that a server is still asked for that is being deleted; whoever wants to know asks for it each time. */
  async #askClients(key: ServerKey, { metadata }: DittoServer, way: Way): Promise<Outcome> {
    const { clock, look, sessions } = this.#parts;
    const seen = way.code === "ok" ? await askClients(way.value) : ({ kind: "unknown", message: way.message } as const);
    sessions.seeClients(metadata.uid, seen, clock.monotonicMs());
    look(key);
    return { kind: "done" };
  }

  /** Absent while there is nobody to ask, or nothing that may be changed. */
  #asked(key: ServerKey): Asked | undefined {
    const { stores } = this.#parts;
    const object = stores.dittoServers.get(objectKeyOf(key));
    const server = object === undefined ? undefined : asDittoServer(object);
    if (server === undefined) return undefined;
    const isDeleted = server.metadata.deletionTimestamp !== undefined;
    if (isDeleted ? !server.spec.deletionProtection : server.spec.paused) return undefined;
    const found = stores.pods.byIndex("server", key).find(({ metadata }) => metadata.name === podName(server));
    if (found === undefined) return undefined;
    const pod = asPod(found);
    const state = podState(pod);
    if (state.kind !== "ready") return undefined;
    return { server, pod: state, tls: apiTls(server, pod), podVolumes: mountedNames(pod), object: pod };
  }

  /** What is known of everything that the server is told and never shows. */
  async #secrets(key: ServerKey, { server, object: pod }: Asked, signal: AbortSignal) {
    const { stores } = this.#parts;
    const reading = { ...this.#parts, signal };
    const named = await readSecrets(server.metadata.namespace, referencedSecretNames(server), reading);
    const claims = await readDatabaseClaims({ server, named }, reading);
    const ours = stores.secrets.byIndex("server", key).filter((secret) => ownership(secret, server) === "ours");
    const generated = ours as unknown as SecretsSeen["generated"]; // the store watches Secrets
    return {
      adminPasswordDigest: adminPasswordDigest({ server, named, generated }),
      passwords: userPasswords({ server, named, generated }),
      storeCredentials: storeCredentials(server, named, this.#bucketClaims(server)),
      storeDatabases: storeDatabases({ server, named, generated }, claims.stores),
      identity: identityFacts({ server, named, generated, pod }),
    };
  }

  #bucketClaims(server: DittoServer): ReadonlyMap<string, string> {
    const { dittoServers } = this.#parts.stores;
    const others = bucketNames(server).flatMap((bucket) => dittoServers.byIndex("bucket", bucket));
    return bucketClaims(
      server,
      others.flatMap((object) => asDittoServer(object) ?? []),
    );
  }

  /** Spread by a tenth, so that a thousand servers are not asked in the same second. */
  #pauseMs(key: ServerKey, server: DittoServer, seen: DittoFsSeen): number {
    const silent = seen.kind === "answered" || seen.kind === "notAsked" ? 0 : (this.#silences.get(key) ?? 0) + 1;
    this.#silences.set(key, silent);
    const intervalMs = durationMs(server.spec.adapterDiscovery.pollingInterval);
    const pauseMs = silent === 0 ? intervalMs : Math.min(intervalMs, firstPauseMs * 2 ** (silent - 1));
    return pauseMs * (0.95 + this.#parts.random.fraction() / 10);
  }
}

function asPod(object: KubernetesObject): Pod {
  return object as unknown as NonNullable<World["pod"]>; // the store watches pods
}

/** The volumes of a pod, and of Secrets each file: `volume/file`. */
function mountedNames({ spec }: Pod): ReadonlySet<string> {
  const names = (spec?.volumes ?? []).flatMap(({ name, secret }) => [
    name,
    ...(secret?.items ?? []).map(({ path }) => `${name}/${path}`),
  ]);
  return new Set(names);
}
