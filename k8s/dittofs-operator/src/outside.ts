import type { DittoFsClient } from "./outside/dittofs-client.ts";
import type { DittoFsHealth } from "./outside/dittofs-health.ts";
import type { DittoFsIdentityApi } from "./outside/dittofs-identity.ts";
import type { DittoFsNetgroup } from "./outside/dittofs-netgroup.ts";
import type {
  DittoFsNewShare,
  DittoFsShare,
  DittoFsShareNfsConfig,
  DittoFsShareUpdate,
} from "./outside/dittofs-share.ts";
import type { DittoFsSnapshotPolicy } from "./outside/dittofs-snapshot-policy.ts";
import type { DittoFsTarget } from "./outside/dittofs-target.ts";

export type { DittoFsHealth } from "./outside/dittofs-health.ts";
export type {
  DittoFsNewShare,
  DittoFsShare,
  DittoFsShareFlags,
  DittoFsShareNfsConfig,
  DittoFsShareSettings,
  DittoFsShareUpdate,
} from "./outside/dittofs-share.ts";

/**
 * What a call answers. Decisions are made on `code`; the texts are for people: at most 200 characters, one line, and
 * without the secrets that the call carried.
 */
export type DittoFsAnswer<T> = DittoFsOk<T> | DittoFsFailure;

export type DittoFsOk<T> = {
  readonly code: "ok";
  readonly value: T;
  /** The server says that it takes up what it was told at its next start only. */
  readonly needsRestart?: true;
};

export type DittoFsFailure = DittoFsRefusal | DittoFsUnavailable;

/** The server understood and does not want: nothing has been changed. */
export type DittoFsRefusal = {
  /** `badRequest` stands for every 4xx that has no code of its own (400, 413, 422). */
  readonly code: "badRequest" | "unauthorized" | "forbidden" | "notFound" | "conflict";
  /** Method and path, such as `POST /api/v1/shares`. */
  readonly request: string;
  readonly status: number;
  /** `detail` of the RFC 7807 body, or the plain text that the router and the authentication send instead. */
  readonly detail: string;
};

/** No usable answer. A write may have been carried out nevertheless: read before sending it again. */
export type DittoFsUnavailable = {
  readonly code: "unavailable";
  readonly request: string;
  /**
   * `noAnswer`: not reached, cut off or too slow. `serverError`: 5xx; the server also gives 500 for some user errors.
   * `unreadable`: an answer that is none of this API's (HTML, a redirect, too long). `busy`: 429.
   */
  readonly because: "noAnswer" | "serverError" | "unreadable" | "busy";
  readonly detail: string;
  /** For `busy`, from the Retry-After header: at least one second and at most five minutes. */
  readonly retryAfterMs?: number;
};

/** What a login gives: JWTs that cannot be revoked and live a quarter of an hour and a week by default. */
export type DittoFsTokens = {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly lifetimeMs: number;
  /** Every other call answers 403 until the account has set a password (its own one may be set again). */
  readonly mustChangePassword: boolean;
};

export type DittoFsAdapter = {
  /** `nfs`, `smb`, or what a later server has besides. */
  readonly type: string;
  readonly enabled: boolean;
  readonly port: number;
  /** Milliseconds since the epoch, the server's clock. */
  readonly updatedAtMs?: number;
  readonly health: DittoFsHealth;
  /** What the row holds besides: `tls`, for one. Absent when it holds nothing. */
  readonly config?: Readonly<Record<string, unknown>>;
};

export type DittoFsStore = {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** Values whose keys name a secret are `********`. */
  readonly config: Readonly<Record<string, unknown>>;
};

/** A remote block store, which the server looks at whenever it is read: up to five seconds for one that does not answer. */
export type DittoFsRemoteStore = DittoFsStore & { readonly health: DittoFsHealth };

export type DittoFsAdapterSetting = {
  readonly type: string;
  readonly enabled: boolean;
  readonly port: number;
  /** In place of all that was there. It acts when the adapter is switched on next, and is not checked before. */
  readonly config?: Readonly<Record<string, unknown>>;
};

export type DittoFsNewStore = {
  readonly name: string;
  readonly type: string;
  readonly config: Readonly<Record<string, unknown>>;
};

/** The whole configuration, keys of the object store apart: no answer shows the secret one of them. */
export type DittoFsRemoteStoreSetting = DittoFsNewStore & {
  readonly keys?: { readonly accessKeyId: string; readonly secretAccessKey: string };
};

/** A metadata store in a database comes with its password, which no answer shows. */
export type DittoFsMetadataStoreSetting = DittoFsNewStore & { readonly password?: string };

export type DittoFsUser = {
  readonly name: string;
  readonly uid?: number;
  readonly gid?: number;
  /** `user`, `operator` or `admin`. */
  readonly role: string;
  readonly enabled: boolean;
  readonly groups: readonly string[];
  readonly displayName: string;
  readonly email: string;
};

/** Only what is given changes; `groups` are all that the user is in afterwards. */
export type DittoFsUserUpdate = Pick<DittoFsUser, "name"> & Partial<DittoFsUser>;

/** Enabled whatever it says: the server makes no other. */
export type DittoFsNewUser = DittoFsUserUpdate & { readonly password: string };

export type DittoFsGroup = { readonly name: string; readonly gid?: number; readonly description: string };

/** Only what is given changes. */
export type DittoFsGroupUpdate = Pick<DittoFsGroup, "name"> & Partial<DittoFsGroup>;

/** What one principal may do on one share. */
export type DittoFsGrant = {
  readonly kind: "user" | "group" | "sid";
  /** A name; for a directory's account its security identifier. */
  readonly name: string;
  /** The server takes any text for users and groups, and what is none of its levels counts as `none`. */
  readonly level: string;
  /** Of directory accounts. */
  readonly isGroup?: boolean;
  readonly displayName?: string;
};

type Read<T> = (signal: AbortSignal) => Promise<DittoFsAnswer<T>>;
type Write<Body> = (body: Body, signal: AbortSignal) => Promise<DittoFsAnswer<unknown>>;

/** The calls that need a token, bound to one server and token. Each is bounded in time and size and follows its signal. */
export interface DittoFsApi extends DittoFsIdentityApi {
  /** Who has something mounted now. */
  readonly clients: Read<readonly DittoFsClient[]>;

  readonly adapters: Read<readonly DittoFsAdapter[]>;
  /** Answers `ok` also when the adapter could not be started: look at its health afterwards. */
  readonly putAdapter: Write<DittoFsAdapterSetting>;
  /** For an adapter whose row was deleted; `conflict` when it exists. */
  readonly createAdapter: Write<DittoFsAdapterSetting>;

  /** In the server's words; also what the server does not heed. `notFound` while the adapter has no row. */
  readonly protocolSettings: (
    type: string,
    signal: AbortSignal,
  ) => Promise<DittoFsAnswer<Readonly<Record<string, unknown>>>>;
  /** Only what is given changes, within ten seconds. `badRequest` (422) names the settings that are out of range. */
  readonly patchProtocolSettings: Write<{
    readonly type: string;
    readonly settings: Readonly<Record<string, unknown>>;
  }>;

  readonly metadataStores: Read<readonly DittoFsStore[]>;
  /** Never for a store that exists: it is opened before its name is looked up, and badger answers `badRequest` (locked). */
  readonly createMetadataStore: Write<DittoFsMetadataStoreSetting>;
  /** Replaces the whole configuration, unchecked; acts from the process's next start on. What is sent as it was hidden stays. */
  readonly updateMetadataStore: Write<DittoFsMetadataStoreSetting>;
  /** Removes the row and no file; `conflict` while a share is on it. The process has it open until it ends. */
  readonly removeMetadataStore: Write<{ readonly name: string }>;

  readonly localStores: Read<readonly DittoFsStore[]>;
  readonly createLocalStore: Write<DittoFsNewStore>;
  /** Likewise. */
  readonly removeLocalStore: Write<{ readonly name: string }>;

  /** All of them within five seconds: once one has used them up, those after it are reported as unhealthy too. */
  readonly remoteStores: Read<readonly DittoFsRemoteStore[]>;
  readonly remoteStore: (name: string, signal: AbortSignal) => Promise<DittoFsAnswer<DittoFsRemoteStore>>;
  /** Answers `ok` also when the store cannot be reached: look at its health. `badRequest` for an address that is not allowed. */
  readonly createRemoteStore: Write<DittoFsRemoteStoreSetting>;
  /** Replaces the whole configuration; shares go on with the earlier one until the process's next start. */
  readonly updateRemoteStore: Write<DittoFsRemoteStoreSetting>;
  /** Removes the row and nothing in the bucket; `conflict` while a share is on it. */
  readonly removeRemoteStore: Write<{ readonly name: string }>;

  /** Bytes of all shares that are on the server's volumes only, and not in the remote stores yet. */
  readonly unsyncedBytes: Read<number>;
  /** Likewise of one share; uploads go on while it is disabled. */
  readonly shareUnsyncedBytes: (shareName: string, signal: AbortSignal) => Promise<DittoFsAnswer<number>>;
  /** Answers when everything is uploaded; 504 when nothing moved for the server's own `drain_stall_timeout`. */
  readonly drainUploads: Write<{ readonly limitMs: number }>;

  /** Half a minute for each share whose remote store does not answer, unless it was looked at in the last seconds. */
  readonly shares: Read<readonly DittoFsShare[]>;
  readonly share: (name: string, signal: AbortSignal) => Promise<DittoFsAnswer<DittoFsShare>>;
  /** Answers `ok` also when the share could not be loaded: look at its health afterwards. */
  readonly createShare: Write<DittoFsNewShare>;
  readonly updateShare: Write<DittoFsShareUpdate>;
  readonly enableShare: Write<{ readonly name: string }>;
  readonly disableShare: Write<{ readonly name: string }>;
  /** Removes the share with its permissions, snapshots and policy, and no file. */
  readonly removeShare: Write<{ readonly name: string }>;

  /** `notFound` when the share or, before v0.17, the route does not exist. */
  readonly shareNfsConfig: (shareName: string, signal: AbortSignal) => Promise<DittoFsAnswer<DittoFsShareNfsConfig>>;
  /** Only what is given changes. */
  readonly patchShareNfsConfig: Write<{
    readonly share: string;
    readonly settings: Partial<DittoFsShareNfsConfig>;
  }>;

  readonly netgroups: Read<readonly DittoFsNetgroup[]>;
  readonly netgroup: (name: string, signal: AbortSignal) => Promise<DittoFsAnswer<DittoFsNetgroup>>;
  readonly createNetgroup: Write<{ readonly name: string }>;
  /** `conflict` while a share names it. */
  readonly removeNetgroup: Write<{ readonly name: string }>;
  /** Adds the value once more if it is there already. */
  readonly addNetgroupMember: Write<{ readonly netgroup: string; readonly value: string }>;
  readonly removeNetgroupMember: Write<{ readonly netgroup: string; readonly id: string }>;

  readonly sharePermissions: (
    shareName: string,
    signal: AbortSignal,
  ) => Promise<DittoFsAnswer<readonly DittoFsGrant[]>>;
  /** Replaces the principal's earlier grant; `notFound` when there is no such share, user or group. */
  readonly grantPermission: Write<DittoFsGrant & { readonly share: string }>;
  /** Answers `ok` also when there is nothing to take back. */
  readonly revokePermission: Write<Pick<DittoFsGrant, "kind" | "name"> & { readonly share: string }>;

  readonly snapshotPolicies: Read<readonly DittoFsSnapshotPolicy[]>;
  /** Replaces the share's policy as a whole. */
  readonly putSnapshotPolicy: Write<DittoFsSnapshotPolicy>;
  /** `notFound` when there is none; snapshots stay. */
  readonly removeSnapshotPolicy: Write<{ readonly share: string }>;

  readonly users: Read<readonly DittoFsUser[]>;
  /** `conflict` for a name or uid in use, `badRequest` for an unknown group, 500 for a password of fewer than 8 or more than 72 bytes. */
  readonly createUser: Write<DittoFsNewUser>;
  readonly updateUser: Write<DittoFsUserUpdate>;
  /** No call shows a password or its hash afterwards. An admin has to set another one before anything else. */
  readonly setUserPassword: Write<{ readonly name: string; readonly password: string }>;

  readonly groups: Read<readonly DittoFsGroup[]>;
  readonly createGroup: Write<DittoFsGroupUpdate>;
  readonly updateGroup: Write<DittoFsGroupUpdate>;
}

/** A DittoFS server from v0.24 on, as the operator needs it. Nothing here throws for what a server or a network does. */
export interface DittoFs {
  /** `unauthorized`: wrong password. `forbidden`: the account is disabled. */
  readonly login: (
    target: DittoFsTarget,
    credentials: { readonly username: string; readonly password: string },
    signal: AbortSignal,
  ) => Promise<DittoFsAnswer<DittoFsTokens>>;

  /** `unauthorized`: the refresh token has expired or the server's signing secret has changed. */
  readonly refresh: (
    target: DittoFsTarget,
    refreshToken: string,
    signal: AbortSignal,
  ) => Promise<DittoFsAnswer<DittoFsTokens>>;

  /** Sets the password of the account whose token this is; without the present one only for `mustChangePassword`. */
  readonly setOwnPassword: (
    target: DittoFsTarget,
    change: { readonly accessToken: string; readonly newPassword: string; readonly currentPassword?: string },
    signal: AbortSignal,
  ) => Promise<DittoFsAnswer<DittoFsTokens>>;

  readonly api: (target: DittoFsTarget, accessToken: string) => DittoFsApi;

  /** Whether something accepts TCP connections there: a proof that is newer than the server's cached report. */
  readonly accepts: (host: string, port: number, signal: AbortSignal) => Promise<boolean>;
}
