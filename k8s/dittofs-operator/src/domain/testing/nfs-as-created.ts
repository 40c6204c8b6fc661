import { type NamedNfsSettings, nfsDefaults } from "../provisioning/share-settings.ts";

/** What the server has for a share that it has just made. */
export const nfsAsCreated: NamedNfsSettings = { ...nfsDefaults, netgroup: "" };
