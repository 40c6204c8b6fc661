import type { ClientsSeen } from "../../domain/deletion-hold.ts";
import type { ShareRestart } from "../../domain/dittofs-seen.ts";
import { type AskedClients, answeredClients } from "../../domain/heeded-clients.ts";
import type { Journals } from "../../domain/provisioning/cache-journals.ts";
import type { LiveRemoteStore, LiveShare } from "../../domain/provisioning/live-dittofs.ts";
import type { LoadedShares } from "../../domain/provisioning/loaded-shares.ts";
import type { DittoFsTls } from "../../outside/dittofs-target.ts";
import type { DittoFsTokens } from "../../outside.ts";
import type { KnownDetail } from "./known-detail.ts";
import type { Read } from "./pass-end.ts";

/** What the operator remembers of one server between passes: in memory only, all of it can be lost at any time. */
export type Session = {
  tokens?: HeldTokens;
  /** SHA-256 of the password that the server took last. */
  passwordDigest?: string;
  /** SHA-256 of the password for which the account's was reset last: once for each is enough. */
  resetFor?: string;
  /** The last login that the server refused, and until when none is tried again. */
  refusal?: { readonly message: string; readonly count: number; readonly untilMs: number };
  /** The server asked (429) to be left alone until then. */
  busyUntilMs?: number;
  /** Wall-clock time of the first pass in a row that got no usable answer. */
  unreachableSinceMs?: number;
  /** The longest unread first. */
  readonly details: Map<string, KnownDetail>;
  /** By user, the digest of the password that was set last; what the status says until a pass has begun. */
  appliedPasswords?: Map<string, string>;
  /** By metadata store in a database, the digest of the password that it was sent with last; likewise. */
  appliedMetadataStores?: Map<string, string>;
  /** By remote store, the digest of what shares use; likewise. */
  appliedStores?: Map<string, string>;
  /** By remote store, the digest of what was sent last; shares take it up at the next start. */
  readonly sentStores: Map<string, string>;
  /** By share, the grants that the operator gave; likewise. */
  appliedGrants?: Map<string, ReadonlySet<string>>;
  /** Shares whose snapshot policy the operator set; likewise. */
  appliedSnapshotPolicies?: Set<string>;
  /** By identity provider, the digest of the secret that was set last; likewise. */
  appliedProviders?: Map<string, string>;
  /** Principals whose mapping the operator made, in short; likewise. */
  appliedMappings?: Set<string>;
  /** Why the process of the pod has to start again. */
  outdated?: string;
  /** Who had the server mounted when that was asked last. */
  clients?: AskedClients;
  /** What the process has loaded of shares; what the status says of this process until a pass has begun. */
  loadedShares?: LoadedShares;
  /** Likewise, of metadata stores and Kerberos. */
  loadedSettings?: Map<string, string>;
  /** Shares of the process before this one: the status may not name them yet. */
  earlierShares?: ReadonlySet<string>;
  /** What the status says until a pass has begun. */
  journals?: Journals;
  /** Metadata and local stores of the spec, and those that are still to be removed; what the status says until a pass has begun. */
  ownStores?: ReadonlySet<string>;
  /** Netgroups that were on the server at the last look at them. */
  netgroups?: ReadonlySet<string>;
  /** Metadata stores that the process has open; likewise. */
  openStores?: ReadonlySet<string>;
  /** Of these, those that are gone from the server. */
  removedStores?: ReadonlySet<string>;
  /** The last restart for shares; likewise. */
  shareRestart?: ShareRestart;
  /** Pod and start of the process that was asked last. */
  process?: string;
  /** The remote stores as they were found last; undefined before the first look. */
  remoteStores?: readonly LiveRemoteStore[];
  /** What a look in the background has found for the next pass. */
  freshStores?: readonly LiveRemoteStore[];
  remoteLook?: RemoteLook;
  /** The last look at the remote stores failed. */
  hasLookFailed?: true;
  /** All shares as they were found last, while one of them has a remote store. */
  shares?: readonly LiveShare[];
  /** How TLS is spoken to it, and which versions of which Secrets said so. */
  tls?: { readonly secrets: string; readonly version: string; readonly value: DittoFsTls };
  /** Adapter types that served when last seen; undefined before the first look. */
  serving?: ReadonlySet<string>;
};

/** A look at the remote stores that is under way, or that nobody has taken notice of yet. */
export type RemoteLook = {
  readonly done: Promise<void>;
  result?: Read<readonly LiveRemoteStore[]>;
  whenDone: () => void;
};

export type HeldTokens = Pick<DittoFsTokens, "accessToken" | "refreshToken"> & {
  /** Monotonic time from which on they are refreshed. */
  readonly refreshAtMs: number;
};

/** The sessions with all servers, by the uid of their DittoServer. */
export class Sessions {
  readonly #sessions = new Map<string, Session>();

  of(serverUid: string): Session {
    const held = this.#sessions.get(serverUid);
    if (held !== undefined) return held;
    const session: Session = { details: new Map(), sentStores: new Map() };
    this.#sessions.set(serverUid, session);
    return session;
  }

  /** What a new process shows by itself may not be what the last one did: all of it is read again. */
  seeProcess(serverUid: string, process: string): void {
    const session = this.of(serverUid);
    if (session.process !== process) {
      session.details.clear();
      delete session.outdated;
      delete session.clients;
      if (session.loadedShares !== undefined) session.earlierShares = new Set(session.loadedShares.keys());
      delete session.loadedShares;
      delete session.loadedSettings;
      delete session.openStores;
      delete session.removedStores;
      delete session.shares;
      delete session.remoteLook;
      delete session.freshStores;
      for (const [store, digest] of session.sentStores) session.appliedStores?.set(store, digest);
    }
    session.process = process;
  }

  seeClients(serverUid: string, seen: ClientsSeen, monotonicMs: number): void {
    const session = this.of(serverUid);
    session.clients = answeredClients(session.clients, seen, monotonicMs);
  }

  /** For a server that is gone. */
  forget(serverUid: string): void {
    this.#sessions.delete(serverUid);
  }

  /** For changed credentials: the next pass may log in at once, whatever was refused before. */
  allowLogin(serverUid: string): void {
    delete this.#sessions.get(serverUid)?.refusal;
  }
}
