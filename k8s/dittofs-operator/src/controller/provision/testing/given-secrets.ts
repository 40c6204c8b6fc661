import { createHash } from "node:crypto";
import type { DatabasePlace } from "../../../domain/database/control-plane-place.ts";
import type { StoreDatabases } from "../../../domain/database/store-databases.ts";
import { type IdentityFacts, noIdentity } from "../../../domain/identity-facts.ts";
import type { AllStoreCredentials } from "../../../domain/secrets/store-credentials.ts";
import type { UserPasswords } from "../../../domain/secrets/user-passwords.ts";
import type { PasswordRead, StoreKeysRead } from "../pass.ts";
import { Sessions } from "../sessions.ts";

const gone = { kind: "absent", message: "It is gone." } as const;

/** What a test gives its passes of Secrets and memory, and what they ask for. */
export class GivenSecrets {
  readonly sessions = new Sessions();
  passwords: UserPasswords = new Map();
  identity: IdentityFacts = noIdentity;
  /** Of users, and by type of directories and domains. */
  readonly userSecrets = new Map<string, PasswordRead>();
  storeCredentials: AllStoreCredentials = new Map();
  storeDatabases: StoreDatabases = new Map();
  readonly storePasswords = new Map<string, PasswordRead>();
  readonly storeSecrets = new Map<string, StoreKeysRead>();
  podVolumes: ReadonlySet<string> = new Set();
  /** How often a pass wanted another one. */
  asksAgain = 0;

  /** Gives a user's Secret a value. */
  setPassword(name: string, password: string): void {
    this.passwords = new Map(this.passwords).set(name, { kind: "usable", digest: `digest of ${password}` });
    this.userSecrets.set(name, { kind: "present", password });
  }

  /** Gives the Secret of a metadata store's database a password. */
  setStorePassword(store: string, place: DatabasePlace, password: string): void {
    const database = { ...place, user: "dittofs", sslMode: "require", digest: `digest of ${password}` };
    this.storeDatabases = new Map(this.storeDatabases).set(store, { kind: "usable", ...database });
    this.storePasswords.set(store, { kind: "present", password });
  }

  /** Gives the Secret of a remote store an access key. */
  setStoreKeys(store: string, accessKeyId: string, secretAccessKey: string): void {
    const accessKeyIdDigest = createHash("sha256").update(accessKeyId).digest("hex");
    const digest = `digest of ${accessKeyId} ${secretAccessKey}`;
    this.storeCredentials = new Map(this.storeCredentials).set(store, { kind: "usable", digest, accessKeyIdDigest });
    this.storeSecrets.set(store, { kind: "present", accessKeyId, secretAccessKey });
  }

  /** As a pass takes it. */
  protected given() {
    return {
      sessions: this.sessions,
      passwords: this.passwords,
      readUserPassword: async (username: string) => this.userSecrets.get(username) ?? gone,
      storeCredentials: this.storeCredentials,
      readStoreKeys: async (store: string) => this.storeSecrets.get(store) ?? gone,
      storeDatabases: this.storeDatabases,
      readStorePassword: async (store: string) => this.storePasswords.get(store) ?? gone,
      identity: this.identity,
      readProviderSecret: async (type: string) => this.userSecrets.get(type) ?? gone,
      podVolumes: this.podVolumes,
      askAgain: (): void => {
        this.asksAgain += 1;
      },
    };
  }
}
