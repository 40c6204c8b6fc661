import { noTrash } from "../../../domain/provisioning/share-settings.ts";
import { nfsAsCreated } from "../../../domain/testing/nfs-as-created.ts";
import type { DittoFsClient } from "../../../outside/dittofs-client.ts";
import type { DittoFsSnapshotPolicy } from "../../../outside/dittofs-snapshot-policy.ts";
import type {
  DittoFs,
  DittoFsAdapter,
  DittoFsAnswer,
  DittoFsApi,
  DittoFsFailure,
  DittoFsGrant,
  DittoFsGroup,
  DittoFsShare,
  DittoFsShareNfsConfig,
  DittoFsStore,
  DittoFsTokens,
  DittoFsUser,
} from "../../../outside.ts";
import { noAnswer, refusal } from "./failed-calls.ts";
import type { ApiCall, CallName, Fate, MadeCall } from "./in-memory-calls.ts";
import { InMemoryIdentity } from "./in-memory-identity.ts";
import { netgroupWrites } from "./in-memory-netgroups.ts";
import { reads } from "./in-memory-reads.ts";
import { InMemoryRemoteStores } from "./in-memory-remote-stores.ts";
import { addStore, changeStore, found, idOf, removeFrom } from "./in-memory-store-lists.ts";

const healthy = { status: "healthy", message: "" } as const;
const done: DittoFsAnswer<unknown> = { code: "ok", value: undefined };

const notFound = refusal("notFound");
/** A DittoFS server without a network: what the port promises, and a fate for each call that a test wants to fail. */
export class InMemoryDittoFs implements DittoFs {
  adapterList: DittoFsAdapter[] = [
    { type: "nfs", enabled: true, port: 12_049, health: healthy },
    { type: "smb", enabled: true, port: 1445, health: healthy },
  ];
  clientList: DittoFsClient[] = [];
  metadataStoreList: DittoFsStore[] = [];
  localStoreList: DittoFsStore[] = [];
  readonly remote = new InMemoryRemoteStores();
  unsyncedBytes = 0;
  shareList: DittoFsShare[] = [];
  users = new Map<string, DittoFsUser & { readonly password: string }>();
  groupList: DittoFsGroup[] = [];
  /** By share name and grantee. */
  readonly grants = new Map<string, Map<string, DittoFsGrant>>();
  readonly policies = new Map<string, DittoFsSnapshotPolicy>();
  readonly settings = new Map<string, Readonly<Record<string, unknown>>>();
  readonly nfsConfigs = new Map<string, DittoFsShareNfsConfig>();
  readonly identity = new InMemoryIdentity();
  netgroupList: { name: string; members: { id: string; value: string }[] }[] = [];
  password = "right-password";
  mustChangePassword = false;
  lifetimeMs = 900_000;
  /** Decides the fate of a call; by default everything goes well. */
  fate: (call: MadeCall) => Fate = () => undefined;
  /** Decides until when a call takes; by default it is answered at once. */
  until: (call: MadeCall) => Promise<unknown> | undefined = () => undefined;
  /** Runs after each adapter change, for tests about late reports. */
  afterAdapterChange: () => void = () => undefined;
  openPorts = new Set<number>();
  readonly calls: MadeCall[] = [];
  #tokens = new Set<string>();
  #issued = 0;

  /** How often each call was made since the last time this was asked, logins and all. */
  takeCounts(): {
    readonly reads: number;
    readonly writes: number;
    readonly logins: number;
    readonly refreshes: number;
  } {
    const made = this.calls.splice(0).map(({ name }) => name);
    const count = (isCounted: (name: CallName) => boolean): number => made.filter(isCounted).length;
    const isRead = (name: CallName): boolean => reads.some((read) => read === name);
    return {
      reads: count(isRead),
      writes: count((name) => !isRead(name) && name !== "login" && name !== "refresh"),
      logins: count((name) => name === "login"),
      refreshes: count((name) => name === "refresh"),
    };
  }

  /** As after a change of the signing secret: every token is worth nothing. */
  revokeTokens(): void {
    this.#tokens = new Set();
  }

  async login(_: unknown, { password }: { readonly password: string }): Promise<DittoFsAnswer<DittoFsTokens>> {
    const fate = this.#begin("login", { password });
    if (fate !== undefined) return fate;
    return password === this.password ? this.#issue() : refusal("unauthorized");
  }

  async refresh(_: unknown, refreshToken: string): Promise<DittoFsAnswer<DittoFsTokens>> {
    const fate = this.#begin("refresh", refreshToken);
    if (fate !== undefined) return fate;
    return this.#tokens.has(refreshToken) ? this.#issue() : refusal("unauthorized");
  }

  async setOwnPassword(_: unknown, change: { readonly newPassword: string }): Promise<DittoFsAnswer<DittoFsTokens>> {
    const fate = this.#begin("setOwnPassword", change);
    if (fate !== undefined) return fate;
    this.password = change.newPassword;
    this.mustChangePassword = false;
    return this.#issue();
  }

  async accepts(_: string, port: number): Promise<boolean> {
    return this.openPorts.has(port);
  }

  api(_: unknown, token: string): DittoFsApi {
    const call = <T>(made: MadeCall, signal: AbortSignal, act: (fate: Fate) => DittoFsAnswer<T>) =>
      this.#answer(token, made, { signal, act });
    const read =
      <T>(name: ApiCall, value: () => T) =>
      (signal: AbortSignal) =>
        call({ name, argument: undefined }, signal, () => ({ code: "ok", value: value() }));
    const write =
      <Body>(name: ApiCall, act: (body: Body) => DittoFsFailure | undefined) =>
      (body: Body, signal: AbortSignal): Promise<DittoFsAnswer<unknown>> =>
        call({ name, argument: body }, signal, (fate) => (fate === "ignored" ? undefined : act(body)) ?? done);
    return {
      clients: read("clients", () => [...this.clientList]),
      adapters: read("adapters", () => [...this.adapterList]),
      metadataStores: read("metadataStores", () => [...this.metadataStoreList]),
      localStores: read("localStores", () => [...this.localStoreList]),
      remoteStores: read("remoteStores", () => this.remote.list),
      remoteStore: (name, signal) => call({ name: "remoteStore", argument: name }, signal, () => this.remote.one(name)),
      createRemoteStore: write("createRemoteStore", (body) => this.remote.set(body)),
      updateRemoteStore: write("updateRemoteStore", (body) => this.remote.set(body)),
      removeRemoteStore: write("removeRemoteStore", ({ name }) => this.remote.remove(name)),
      shares: read("shares", () => [...this.shareList]),
      share: (name, signal) => call({ name: "share", argument: name }, signal, () => found(this.shareList, name)),
      shareNfsConfig: (share, signal) =>
        call({ name: "shareNfsConfig", argument: share }, signal, () => ({
          code: "ok",
          value: this.nfsConfigs.get(share) ?? nfsAsCreated,
        })),
      unsyncedBytes: read("unsyncedBytes", () => this.unsyncedBytes),
      shareUnsyncedBytes: (name, signal) =>
        call({ name: "shareUnsyncedBytes", argument: name }, signal, () => ({ code: "ok", value: this.unsyncedBytes })),
      drainUploads: write("drainUploads", () => void (this.unsyncedBytes = 0)),
      putAdapter: write("putAdapter", (body) => this.#setAdapter(body)),
      createAdapter: write("createAdapter", (body) => {
        if (this.adapterList.some(({ type }) => type === body.type)) return refusal("conflict");
        return this.#setAdapter(body);
      }),
      protocolSettings: (type, signal) =>
        call({ name: "protocolSettings", argument: type }, signal, () => ({
          code: "ok",
          value: this.settings.get(type) ?? {},
        })),
      patchProtocolSettings: write("patchProtocolSettings", ({ type, settings }) => {
        this.settings.set(type, { ...this.settings.get(type), ...settings });
        return undefined;
      }),
      snapshotPolicies: read("snapshotPolicies", () => [...this.policies.values()]),
      putSnapshotPolicy: write("putSnapshotPolicy", (body) => void this.policies.set(body.share, body)),
      removeSnapshotPolicy: write("removeSnapshotPolicy", ({ share }) =>
        this.policies.delete(share) ? undefined : refusal("notFound"),
      ),
      createMetadataStore: write("createMetadataStore", (body) => addStore(this.metadataStoreList, body)),
      updateMetadataStore: write("updateMetadataStore", (body) => changeStore(this.metadataStoreList, body)),
      createLocalStore: write("createLocalStore", (body) => addStore(this.localStoreList, body)),
      createShare: write("createShare", ({ metadataStore, localStore, remoteStore, ...body }) => {
        if (this.shareList.some(({ name }) => name === body.name)) return refusal("conflict");
        const ids = { id: idOf(body.name), metadataStoreId: idOf(metadataStore), localStoreId: idOf(localStore) };
        const remoteId = remoteStore === undefined ? {} : { remoteStoreId: idOf(remoteStore) };
        const made = { retentionPolicy: "lru", trash: noTrash, ...body, ...ids, ...remoteId };
        this.shareList.push({ ...made, enabled: true, health: healthy });
        return undefined;
      }),
      updateShare: write("updateShare", ({ name, ...changes }) => this.#setShare(name, changes)),
      enableShare: write("enableShare", ({ name }) => this.#setShare(name, { enabled: true })),
      netgroups: read("netgroups", () => structuredClone(this.netgroupList)),
      netgroup: (name, signal) =>
        call({ name: "netgroup", argument: name }, signal, () => found(structuredClone(this.netgroupList), name)),
      ...netgroupWrites(this.netgroupList, write),
      removeShare: write("removeShare", ({ name }) => removeFrom(this.shareList, name)),
      removeMetadataStore: write("removeMetadataStore", ({ name }) => removeFrom(this.metadataStoreList, name)),
      removeLocalStore: write("removeLocalStore", ({ name }) => removeFrom(this.localStoreList, name)),
      disableShare: write("disableShare", ({ name }) => this.#setShare(name, { enabled: false })),
      users: read("users", () => [...this.users.values()].map(({ password: _, ...user }) => user)),
      createUser: write("createUser", (body) => {
        if (this.users.has(body.name)) return refusal("conflict");
        const user = { role: "user", groups: [], displayName: "", email: "", ...body, enabled: true };
        this.users.set(body.name, user);
        return undefined;
      }),
      updateUser: write("updateUser", (body) => this.#setUser(body)),
      setUserPassword: write("setUserPassword", (body) =>
        body.name === "admin" ? this.#resetAdmin(body.password) : this.#setUser(body),
      ),
      groups: read("groups", () => [...this.groupList]),
      createGroup: write("createGroup", (body) => {
        if (this.groupList.some(({ name }) => name === body.name)) return refusal("conflict");
        this.groupList.push({ description: "", ...body });
        return undefined;
      }),
      updateGroup: write("updateGroup", (body) => {
        this.groupList = this.groupList.map((group) => (group.name === body.name ? { ...group, ...body } : group));
        return undefined;
      }),
      identityProvider: (type, signal) =>
        call({ name: "identityProvider", argument: type }, signal, () => this.identity.shown(type, notFound)),
      putIdentityProvider: write("putIdentityProvider", (body) => this.identity.put(body)),
      testIdentityProvider: write("testIdentityProvider", () => undefined),
      identityMappings: read("identityMappings", () => [...this.identity.mappings]),
      createIdentityMapping: write("createIdentityMapping", (body) => this.identity.map(body, refusal("conflict"))),
      removeIdentityMapping: write("removeIdentityMapping", (body) => this.identity.unmap(body)),
      sharePermissions: (share, signal) =>
        call({ name: "sharePermissions", argument: share }, signal, () => {
          if (!this.shareList.some(({ name }) => name === share)) return refusal("notFound");
          return { code: "ok", value: [...(this.grants.get(share)?.values() ?? [])] };
        }),
      grantPermission: write("grantPermission", ({ share, ...grant }) => {
        if (grant.kind === "user" && !this.users.has(grant.name)) return refusal("notFound");
        const grants = this.grants.get(share) ?? new Map<string, DittoFsGrant>();
        this.grants.set(share, grants.set(`${grant.kind} ${grant.name}`, grant));
        return undefined;
      }),
      revokePermission: write("revokePermission", ({ share, kind, name }) => {
        this.grants.get(share)?.delete(`${kind} ${name}`);
        return undefined;
      }),
      patchShareNfsConfig: write("patchShareNfsConfig", ({ share, settings }) => {
        this.nfsConfigs.set(share, { ...nfsAsCreated, ...this.nfsConfigs.get(share), ...settings });
        return undefined;
      }),
    };
  }

  async #answer<T>(
    token: string,
    made: MadeCall,
    { signal, act }: { readonly signal: AbortSignal; readonly act: (fate: Fate) => DittoFsAnswer<T> },
  ): Promise<DittoFsAnswer<T>> {
    this.calls.push(made);
    await this.until(made);
    if (!this.#tokens.has(token)) return refusal("unauthorized");
    const fate = this.fate(made);
    if (typeof fate === "object") return fate;
    if (fate === "hangs") await new Promise((resolve) => signal.addEventListener("abort", resolve));
    if (fate === "hangs") return noAnswer;
    const answer = act(fate);
    return fate === "lostAnswer" ? noAnswer : answer;
  }

  #begin(name: CallName, argument: unknown): DittoFsFailure | undefined {
    this.calls.push({ name, argument });
    const fate = this.fate({ name, argument });
    return typeof fate === "string" ? noAnswer : fate;
  }

  /** The account has to set one itself before it can do anything else. */
  #resetAdmin(password: string): undefined {
    this.password = password;
    this.mustChangePassword = true;
  }

  #issue(): DittoFsAnswer<DittoFsTokens> {
    this.#issued += 1;
    const [accessToken, refreshToken] = [`access-${this.#issued}`, `refresh-${this.#issued}`];
    this.#tokens.add(accessToken).add(refreshToken);
    const { lifetimeMs, mustChangePassword } = this;
    return { code: "ok", value: { accessToken, refreshToken, lifetimeMs, mustChangePassword } };
  }

  #setAdapter(body: { readonly type: string; readonly enabled: boolean; readonly port: number }): undefined {
    const others = this.adapterList.filter(({ type }) => type !== body.type);
    this.adapterList = [...others, { ...body, health: healthy }];
    this.afterAdapterChange();
  }

  #setUser(changes: Partial<DittoFsUser> & { readonly name: string }): DittoFsFailure | undefined {
    const user = this.users.get(changes.name);
    if (user === undefined) return refusal("notFound");
    this.users.set(changes.name, { ...user, ...changes });
    return undefined;
  }

  #setShare(name: string, changes: Partial<DittoFsShare>): DittoFsFailure | undefined {
    const index = this.shareList.findIndex((share) => share.name === name);
    const share = this.shareList[index];
    if (share === undefined) return refusal("notFound");
    this.shareList[index] = { ...share, ...changes };
    return undefined;
  }
}
