import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { adminPassword, type FreshDouble, freshDouble } from "../../double/fresh-double.ts";
import type { RequestRecord } from "../../double/start-double.ts";
import type { DittoServer } from "../../src/api/ditto-server.ts";
import type { PasswordRead, StoreKeysRead } from "../../src/controller/provision/pass.ts";
import { Sessions } from "../../src/controller/provision/sessions.ts";
import { provisionDittoFs } from "../../src/controller/provision.ts";
import { dittoFsClient } from "../../src/dittofs/dittofs-client.ts";
import type { DatabasePlace } from "../../src/domain/database/control-plane-place.ts";
import type { StoreDatabases } from "../../src/domain/database/store-databases.ts";
import type { DittoFsSeen } from "../../src/domain/dittofs-seen.ts";
import { type IdentityFacts, noIdentity } from "../../src/domain/identity-facts.ts";
import type { AllStoreCredentials } from "../../src/domain/secrets/store-credentials.ts";
import type { UserPasswords } from "../../src/domain/secrets/user-passwords.ts";
import type { DittoFs } from "../../src/outside.ts";
import { ManualClock } from "../../src/runtime/manual-clock.ts";
import { inFlight } from "./in-flight.ts";
import { relocated } from "./relocated.ts";

/** Turns of the event loop without a call under way after which a pass is taken to wait for the clock. */
const quietTurns = 5;

/** The longest timeout of a call that passes make. */
const longestCallMs = 8000;

/** Provisioning over the wire, against a double of its own, on a clock that moves only when a pass waits for it. */
export class DoubleProvisioning {
  readonly fresh: FreshDouble;
  readonly clock = new ManualClock();
  readonly sessions = new Sessions();
  password = adminPassword;
  passwords: UserPasswords = new Map();
  identity: IdentityFacts = noIdentity;
  readonly userSecrets = new Map<string, PasswordRead>();
  storeCredentials: AllStoreCredentials = new Map();
  storeDatabases: StoreDatabases = new Map();
  readonly storePasswords = new Map<string, PasswordRead>();
  /** How often a pass wanted another one. */
  asksAgain = 0;
  readonly storeSecrets = new Map<string, StoreKeysRead>();
  readonly #dittofs: DittoFs;
  readonly #callsUnderWay: () => number;

  private constructor(fresh: FreshDouble) {
    this.fresh = fresh;
    const { dittofs, count } = inFlight(relocated(dittoFsClient(this.clock), fresh.folder));
    this.#dittofs = dittofs;
    this.#callsUnderWay = count;
  }

  static async start(options: Parameters<typeof freshDouble>[0] = {}): Promise<DoubleProvisioning> {
    return new DoubleProvisioning(await freshDouble(options));
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

  podVolumes: ReadonlySet<string> = new Set();

  async pass(server: DittoServer): Promise<DittoFsSeen> {
    const { hostname, port } = new URL(this.fresh.double.url);
    const state = { isOver: false };
    const passing = provisionDittoFs({
      server,
      target: { host: hostname, port: Number(port) },
      readAdminPassword: () => Promise.resolve({ kind: "present", password: this.password }),
      passwords: this.passwords,
      podVolumes: this.podVolumes,
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
      dittofs: this.#dittofs,
      clock: this.clock,
      signal: new AbortController().signal,
    }).finally(() => {
      state.isOver = true;
    });
    passing.catch(() => undefined);
    await this.#drive(state);
    return await passing;
  }

  /** Time goes on by a call's timeout for each request that the double leaves hanging, and in small steps for waits. */
  async #drive(state: { readonly isOver: boolean }): Promise<void> {
    const hanging = (): number => this.fresh.double.requests.filter(({ status }) => status === 0).length;
    let hung = hanging();
    let quiet = 0;
    while (!state.isOver) {
      await setImmediate();
      quiet = this.#callsUnderWay() === 0 ? quiet + 1 : 0;
      if (hanging() > hung) {
        hung = hanging();
        await this.clock.advance(longestCallMs);
      } else if (quiet > quietTurns) await this.clock.advance(100);
    }
  }

  /** Requests that a piece of work makes. */
  async requestsOf<T>(
    work: () => Promise<T>,
  ): Promise<{ readonly result: T; readonly requests: readonly RequestRecord[] }> {
    const before = this.fresh.double.requests.length;
    const result = await work();
    return { result, requests: this.fresh.double.requests.slice(before) };
  }
}

const isAuthentication = ({ path }: RequestRecord): boolean => path.startsWith("/api/v1/auth/");

/** Requests that may change something, logins aside. */
export function writesAmong(requests: readonly RequestRecord[]): readonly RequestRecord[] {
  return requests.filter((request) => request.method !== "GET" && !isAuthentication(request));
}
