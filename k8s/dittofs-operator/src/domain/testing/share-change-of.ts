import type { ShareSpec } from "../../api/ditto-server.ts";
import type { LiveDittoFs, LiveShare, LiveShareNfsConfig } from "../provisioning/live-dittofs.ts";
import { shareChanges } from "../provisioning/shares.ts";
import { wantedShares } from "../provisioning/wanted-shares.ts";
import { aLiveDittoFs, aLiveShare, aLiveStore } from "./a-live-dittofs.ts";
import { aServer } from "./a-server.ts";
import { nfsAsCreated } from "./nfs-as-created.ts";

const storage = { metadataSize: "5Gi", contentSize: "20Gi", accessMode: "ReadWriteOnce" } as const;

/** What it takes to bring the share /export of one server from live to wanted. */
export function shareChangeOf(share: Partial<ShareSpec>, live: Partial<LiveDittoFs>) {
  const wanted = wantedShares(aServer({ storage, shares: [{ name: "/export", ...share }] }));
  const stores = [aLiveStore(), aLiveStore({ name: "other" })];
  return shareChanges(
    wanted,
    [{ name: "alice" }],
    aLiveDittoFs({ metadataStores: stores, localStores: stores, ...live }),
  )[0];
}

/** The share as a server shows it, with the size that it is given by itself. */
export const aPresentShare = (
  share: Partial<LiveShare>,
  config: LiveShareNfsConfig = { kind: "read", settings: nfsAsCreated },
) => ({
  shares: [aLiveShare({ localStoreSize: "17.00GiB", ...share })],
  shareNfsConfigs: new Map([["id-of-/export", config]]),
});
