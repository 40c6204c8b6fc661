import { assumedShare } from "../../domain/provisioning/assumed-share.ts";
import { hiddenShares } from "../../domain/provisioning/dead-stores.ts";
import type { LiveDittoFs, LiveRemoteStore, LiveShare } from "../../domain/provisioning/live-dittofs.ts";
import type { WantedDittoFs } from "../../domain/provisioning/provisioning.ts";
import { removedRemoteStores } from "../../domain/provisioning/removed-remote-stores.ts";
import { authorized } from "./authorized.ts";
import type { ProvisioningPass } from "./pass.ts";
import type { Read } from "./pass-end.ts";
import { readEnd, readList } from "./read-list.ts";
import { readRemoteStores } from "./read-remote-stores.ts";

type SharesRead = { readonly remoteStores: readonly LiveRemoteStore[]; readonly shares: readonly LiveShare[] };

/**
 * Remote stores and shares. The list of shares takes half a minute for each share whose remote store does not answer, so
 * while there is such a one, the other shares are read one by one, and that one counts as it was seen last.
 */
export async function readShares(
  pass: ProvisioningPass,
  wanted: WantedDittoFs,
  appliedStores: LiveDittoFs["appliedStores"],
): Promise<Read<SharesRead>> {
  const known = pass.session.shares ?? [];
  const isUsed =
    wanted.remoteStores.length > 0 || known.length > 0 || removedRemoteStores(wanted, { appliedStores }).length > 0;
  const stores = isUsed ? await remoteStoresOf(pass) : none;
  if (stores.code !== "ok") return stores;
  const hidden = hiddenShares(wanted.shares, known, stores.value);
  if (hidden.size > 0) return await readApart(pass, wanted, { remoteStores: stores.value, hidden });

  const all = await readList(pass, "shares");
  if (all.code === "ok") {
    const hasRemote = all.value.some(({ remoteStoreId }) => remoteStoreId !== undefined);
    pass.session.shares = hasRemote ? all.value : [];
    return { code: "ok", value: { remoteStores: stores.value, shares: all.value } };
  }
  if (all.code !== "unreachable" || !isUsed) return all;
  // A store may have died since it was looked at.
  const anew = await readRemoteStores(pass, "anew");
  if (anew.code !== "ok") return anew;
  pass.remoteStores = anew.value;
  const nowHidden = hiddenShares(wanted.shares, known, anew.value);
  return nowHidden.size === 0 ? all : await readApart(pass, wanted, { remoteStores: anew.value, hidden: nowHidden });
}

const none = { code: "ok", value: [] } as const;

/** Once in a pass, unless a store has been changed in it. */
async function remoteStoresOf(pass: ProvisioningPass): Promise<Read<readonly LiveRemoteStore[]>> {
  if (pass.remoteStores === "changed" || pass.remoteStores === undefined) {
    const read = await readRemoteStores(pass, pass.remoteStores === undefined ? "usual" : "anew");
    if (read.code !== "ok") return read;
    pass.remoteStores = read.value;
  }
  return { code: "ok", value: pass.remoteStores };
}

type Apart = {
  readonly remoteStores: readonly LiveRemoteStore[];
  readonly hidden: ReadonlyMap<string, LiveRemoteStore>;
};

async function readApart(
  pass: ProvisioningPass,
  wanted: WantedDittoFs,
  { remoteStores, hidden }: Apart,
): Promise<Read<SharesRead>> {
  const known = new Map(pass.session.shares?.map((share) => [share.name, share]));
  const shares: LiveShare[] = [];
  for (const name of new Set([...wanted.shares.map((share) => share.name), ...known.keys()])) {
    const last = known.get(name);
    const store = hidden.get(name);
    if (store !== undefined && last !== undefined) {
      shares.push(last);
      continue;
    }
    const declared = wanted.shares.find((share) => share.name === name);
    // Permissions are answered at once whatever the store does, and tell whether there is a share of that name.
    const read =
      store === undefined
        ? await authorized(pass, (api, signal) => api.share(name, signal))
        : await authorized(pass, (api, signal) => api.sharePermissions(name, signal));
    if (read.code === "notFound") continue;
    if (read.code !== "ok") return readEnd(pass, read);
    if ("name" in read.value) shares.push(read.value);
    else if (declared !== undefined && store !== undefined) shares.push(assumedShare(declared, store));
  }
  return { code: "ok", value: { remoteStores, shares } };
}
