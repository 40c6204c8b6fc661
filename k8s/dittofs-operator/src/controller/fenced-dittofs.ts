import type { DittoFs, DittoFsApi } from "../outside.ts";

/** Thrown instead of a write by a process that may have lost its leadership; its reads still work. */
export class NotLeadingError extends Error {
  constructor() {
    super("this process no longer leads: nothing is written");
    this.name = "NotLeadingError";
  }
}

/** The calls that change nothing on a server; every other one is a write. */
const reads = new Set<keyof DittoFsApi>([
  "adapters",
  "metadataStores",
  "localStores",
  "shares",
  "share",
  "shareNfsConfig",
  "netgroups",
  "remoteStores",
  "remoteStore",
  "unsyncedBytes",
  "shareUnsyncedBytes",
]);

/** DittoFS servers with every write behind the fence of leadership, as those to Kubernetes are (`mayWrite`). */
export function fencedDittoFs(dittofs: DittoFs, isLeading: () => boolean): DittoFs {
  return {
    ...dittofs,
    setOwnPassword: async (...call) => {
      if (!isLeading()) throw new NotLeadingError();
      return await dittofs.setOwnPassword(...call);
    },
    api: (...target) => fencedWrites(dittofs.api(...target), isLeading),
  };
}

function fencedWrites(api: DittoFsApi, isLeading: () => boolean): DittoFsApi {
  return new Proxy(api, {
    get: (target, name: keyof DittoFsApi) => {
      if (!reads.has(name) && !isLeading()) throw new NotLeadingError();
      return target[name];
    },
  });
}
