import type { LiveDittoFs, LiveShare, LiveShareNfsConfig } from "../../domain/provisioning/live-dittofs.ts";
import type { WantedDittoFs } from "../../domain/provisioning/provisioning.ts";
import type { DittoFsAnswer } from "../../outside.ts";
import { authorized } from "./authorized.ts";
import { answerText } from "./failure-text.ts";
import { powerless, unreachable } from "./log-in.ts";
import type { PassEnd, ProvisioningPass } from "./pass.ts";
import type { Session } from "./sessions.ts";

type Lists = Omit<LiveDittoFs, "shareNfsConfigs" | "appliedPasswords">;
type ListReads = { readonly [Name in keyof Lists]: (signal: AbortSignal) => Promise<DittoFsAnswer<Lists[Name]>> };
type Read<T> = { readonly code: "ok"; readonly value: T } | PassEnd;

/** Everything that provisioning compares. A read that fails ends the pass: a failed read is not an empty list. */
export async function readLive(pass: ProvisioningPass, wanted: WantedDittoFs): Promise<Read<LiveDittoFs>> {
  const adapters = await list(pass, "adapters");
  if (adapters.code !== "ok") return adapters;
  const metadataStores = await list(pass, "metadataStores");
  if (metadataStores.code !== "ok") return metadataStores;
  const localStores = await list(pass, "localStores");
  if (localStores.code !== "ok") return localStores;
  const shares = await list(pass, "shares");
  if (shares.code !== "ok") return shares;
  const people = await readPeople(pass, wanted);
  if (people.code !== "ok") return people;

  const declared = shares.value.filter(({ name }) => wanted.shares.some((share) => share.name === name));
  const end = await readNfsConfigs(pass, declared);
  if (end !== undefined) return end;
  return {
    code: "ok",
    value: {
      adapters: adapters.value,
      metadataStores: metadataStores.value,
      localStores: localStores.value,
      shares: shares.value,
      ...people.value,
      shareNfsConfigs: new Map(pass.session.nfsConfigs),
    },
  };
}

/** Asked only where they matter: a server without declared users costs no call for them. */
async function readPeople(
  pass: ProvisioningPass,
  wanted: WantedDittoFs,
): Promise<Read<Pick<LiveDittoFs, "users" | "groups" | "appliedPasswords">>> {
  const appliedPasswords = appliedBefore(pass);
  const hasUsers = wanted.users.length > 0 || appliedPasswords.size > 0;
  const users = hasUsers ? await list(pass, "users") : none;
  if (users.code !== "ok") return users;
  const hasGroups = wanted.groups.length > 0 || wanted.users.some((user) => user.groups.length > 0);
  const groups = hasGroups ? await list(pass, "groups") : none;
  if (groups.code !== "ok") return groups;
  return { code: "ok", value: { users: users.value, groups: groups.value, appliedPasswords } };
}

const none = { code: "ok", value: [] } as const;

/** After a start of the operator, what its predecessor wrote into the status. */
function appliedBefore({ session, server }: ProvisioningPass): ReadonlyMap<string, string> {
  session.appliedPasswords ??= new Map(Object.entries(server.status?.applied?.userPasswords ?? {}));
  return session.appliedPasswords;
}

async function list<Name extends keyof Lists>(pass: ProvisioningPass, name: Name): Promise<Read<Lists[Name]>> {
  pass.readsLeft -= 1;
  const asked = await authorized(pass, (api, signal) => {
    const reads: ListReads = api;
    return reads[name](signal);
  });
  if (asked.code === "ok" || asked.code === "unreachable" || asked.code === "loginFailed") return asked;
  return asked.code === "forbidden" ? powerless(pass, asked) : unreachable(pass, asked);
}

/**
 * NFS settings have no list: those not known yet are all read, of the known ones a few per pass, the longest unread first.
 * So a look at a converged server stays cheap, and a change by hand is found after a few looks.
 */
async function readNfsConfigs(pass: ProvisioningPass, shares: readonly LiveShare[]): Promise<PassEnd | undefined> {
  const { nfsConfigs } = pass.session;
  const byId = new Map(shares.map((share) => [share.id, share]));
  for (const id of nfsConfigs.keys()) if (!byId.has(id)) nfsConfigs.delete(id);

  const unread = shares.filter(({ id }) => !nfsConfigs.has(id));
  const again = longestUnread(nfsConfigs).slice(0, Math.max(0, pass.readsLeft - unread.length));
  pass.readsLeft -= again.length;

  for (const share of [...unread, ...again.flatMap((id) => byId.get(id) ?? [])]) {
    const config = await readNfsConfig(pass, share);
    if (config.code !== "ok") return config;
    nfsConfigs.delete(share.id);
    nfsConfigs.set(share.id, config.value);
  }
  return undefined;
}

/** Ids, those first that could not be read; a Map keeps the order in which its entries were set. */
function longestUnread(nfsConfigs: Session["nfsConfigs"]): readonly string[] {
  const entries = [...nfsConfigs];
  const idsOf = (wanted: LiveShareNfsConfig["kind"]) =>
    entries.filter(([, { kind }]) => kind === wanted).map(([id]) => id);
  return [...idsOf("unreadable"), ...idsOf("read")];
}

/** What the server refuses or fails for this one share is a value, so that the others go on. */
async function readNfsConfig(pass: ProvisioningPass, share: LiveShare): Promise<Read<LiveShareNfsConfig>> {
  const asked = await authorized(pass, (api, signal) => api.shareNfsConfig(share.name, signal));
  if (asked.code === "unreachable" || asked.code === "loginFailed") return asked;
  if (asked.code === "ok") return { code: "ok", value: { kind: "read", squash: asked.value.squash } };
  if (asked.code === "unavailable" && asked.because !== "serverError") return unreachable(pass, asked);
  return { code: "ok", value: { kind: "unreadable", message: answerText(asked) } };
}
