import type { DittoServer } from "../../api/ditto-server.ts";
import type { StoreDatabases } from "../../domain/database/store-databases.ts";
import type { IdentityFacts, ProviderType } from "../../domain/identity-facts.ts";
import type { LiveRemoteStore } from "../../domain/provisioning/live-dittofs.ts";
import type { AllStoreCredentials } from "../../domain/secrets/store-credentials.ts";
import type { UserPasswords } from "../../domain/secrets/user-passwords.ts";
import type { DittoFsTarget } from "../../outside/dittofs-target.ts";
import type { DittoFs } from "../../outside.ts";
import type { Clock } from "../../runtime/clock.ts";
import type { Session } from "./sessions.ts";

/** A password as it stands in its Secret now. */
export type PasswordRead =
  | {
      readonly kind: "present";
      readonly password: string;
      /** The one before, which the server may still have. */
      readonly previous?: string;
    }
  /** `message` says what is missing and what to do. */
  | { readonly kind: "absent"; readonly message: string };

/** An access key as it stands in its Secret now. */
export type StoreKeysRead =
  | { readonly kind: "present"; readonly accessKeyId: string; readonly secretAccessKey: string }
  | { readonly kind: "absent"; readonly message: string };

/** One DittoFS server: whom to ask, as whom, and until when. */
export type DittoFsAccess = {
  readonly server: DittoServer;
  readonly target: DittoFsTarget;
  /** A read of the cluster; called only when a login is due. */
  readonly readAdminPassword: () => Promise<PasswordRead>;
  /** Of the password that the administrator should have, as last seen; undefined where it is not usable. */
  readonly adminPasswordDigest?: string | undefined;
  readonly session: Session;
  readonly dittofs: DittoFs;
  readonly clock: Clock;
  /** Ends the calls, by the caller's wish or because their time is up. */
  readonly signal: AbortSignal;
  hasLoggedIn: boolean;
};

/** One pass over one DittoFS server. */
export type ProvisioningPass = DittoFsAccess & {
  readonly passwords: UserPasswords;
  /** A read of the cluster; called only when a user's password is set. */
  readonly readUserPassword: (username: string) => Promise<PasswordRead>;
  readonly storeCredentials: AllStoreCredentials;
  /** Names of what the pod that is asked mounts, and `volume/file` of Secrets: a file that it lacks is never told to its server. */
  readonly podVolumes: ReadonlySet<string>;
  readonly storeDatabases: StoreDatabases;
  /** A read of the cluster; called only when the settings of a metadata store in a database are sent. */
  readonly readStorePassword: (store: string) => Promise<PasswordRead>;
  /** A read of the cluster; called only when the access key of a remote store is sent. */
  readonly readStoreKeys: (store: string) => Promise<StoreKeysRead>;
  readonly identity: IdentityFacts;
  /** A read of the cluster; called only when a provider is set. */
  readonly readProviderSecret: (type: ProviderType) => Promise<PasswordRead>;
  /** Brings another pass, for what is found after this one. */
  readonly askAgain: () => void;
  /** Removed shares of which the server says that it has none of that name. */
  readonly goneShares: Set<string>;
  /** Remote stores that the server was told to remove, as `refKey` writes them; answers may have been lost. */
  readonly removed: Set<string>;
  /** From then on no further object is begun, so that time is left to look at the result. */
  readonly lastStartMs: number;
  /** Undefined before they were looked at; `changed`: one was made or changed since. */
  remoteStores?: readonly LiveRemoteStore[] | "changed";
  /** A change waits until the status says what the process has loaded. */
  awaitsNote?: true;
  /** Lists are read in any case; what is left of this goes to details that are known already. */
  readsLeft: number;
};
