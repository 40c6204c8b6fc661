import { createHash } from "node:crypto";
import type { DittoServer } from "../../../api/ditto-server.ts";
import type { DatabasePlace } from "../../../domain/database/control-plane-place.ts";
import type { StoreDatabases } from "../../../domain/database/store-databases.ts";
import type { DittoFsAnswered, DittoFsSeen } from "../../../domain/dittofs-seen.ts";
import { type IdentityFacts, noIdentity } from "../../../domain/identity-facts.ts";
import type { AllStoreCredentials } from "../../../domain/secrets/store-credentials.ts";
import type { UserPasswords } from "../../../domain/secrets/user-passwords.ts";
import { aServer } from "../../../domain/testing/a-server.ts";
import { ManualClock } from "../../../runtime/manual-clock.ts";
import { type Provisioning, provisionDittoFs } from "../../provision.ts";
import type { PasswordRead, StoreKeysRead } from "../pass.ts";
import { Sessions } from "../sessions.ts";
import { InMemoryDittoFs } from "./in-memory-dittofs.ts";

export const storage = { metadataSize: "5Gi", contentSize: "20Gi", accessMode: "ReadWriteOnce" } as const;

/** A DittoFS server, an operator's memory of it, and passes over it on a clock that moves only while a pass waits. */
export class AProvisioning {
  readonly dittofs = new InMemoryDittoFs();
  readonly clock = new ManualClock();
  readonly sessions = new Sessions();
  secret: PasswordRead = { kind: "present", password: "right-password" };
  secretReads = 0;
  passwords: UserPasswords = new Map();
  identity: IdentityFacts = noIdentity;
  readonly userSecrets = new Map<string, PasswordRead>();
  storeCredentials: AllStoreCredentials = new Map();
  storeDatabases: StoreDatabases = new Map();
  readonly storePasswords = new Map<string, PasswordRead>();
  /** How often a pass wanted another one. */
  asksAgain = 0;
  readonly storeSecrets = new Map<string, StoreKeysRead>();

  /** One pass; time goes on in steps of a tenth of a second while it waits. */
  async pass(server: DittoServer, changes: Partial<Provisioning> = {}): Promise<DittoFsSeen> {
    const state = { isOver: false };
    const passing = provisionDittoFs({
      server,
      target: { host: "192.0.2.1", port: 8080 },
      readAdminPassword: async () => {
        this.secretReads += 1;
        return this.secret;
      },
      passwords: this.passwords,
      podVolumes: new Set(),
      readUserPassword: async (username) =>
        this.userSecrets.get(username) ?? { kind: "absent", message: "It is gone." },
      storeCredentials: this.storeCredentials,
      storeDatabases: this.storeDatabases,
      readStorePassword: async (store) => this.storePasswords.get(store) ?? { kind: "absent", message: "It is gone." },
      readStoreKeys: async (store) => this.storeSecrets.get(store) ?? { kind: "absent", message: "It is gone." },
      askAgain: () => {
        this.asksAgain += 1;
      },
      identity: this.identity,
      readProviderSecret: async (type) => this.userSecrets.get(type) ?? { kind: "absent", message: "It is gone." },
      sessions: this.sessions,
      dittofs: this.dittofs,
      clock: this.clock,
      signal: new AbortController().signal,
      ...changes,
    }).finally(() => {
      state.isOver = true;
    });
    passing.catch(() => undefined);
    await this.clock.advance(0);
    while (!state.isOver) await this.clock.advance(100);
    return await passing;
  }

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

  /** A pass that must get through to the server. */
  async answered(server: DittoServer): Promise<DittoFsAnswered> {
    const seen = await this.pass(server);
    if (seen.kind !== "answered") throw new Error(`the pass ended with ${JSON.stringify(seen)}`);
    return seen;
  }
}

/** Results by object, in short: `=` as wanted, `+ what` changed, `! message` failed. */
export function resultsOf({ outcomes }: DittoFsAnswered): Readonly<Record<string, string>> {
  return Object.fromEntries(
    outcomes.map(({ family, name, result }) => {
      if (result.kind === "asWanted") return [`${family} ${name}`, "="];
      return [`${family} ${name}`, result.kind === "changed" ? `+ ${result.what}` : `! ${result.message}`];
    }),
  );
}

export const withShares = (...names: readonly string[]): DittoServer =>
  aServer({ storage, shares: names.map((name) => ({ name })) });
