import type { KubernetesApi } from "./kubernetes-api.ts";

/** Thrown instead of a write by a process that may have lost its leadership; its reads still work. */
export class NotLeadingError extends Error {
  constructor() {
    super("this process no longer leads: nothing is written");
    this.name = "NotLeadingError";
  }
}

/**
 * The API with every write behind a fence. A process that was paused runs its pending work before its elector's timer
 * fires; only a check in the same tick as the write keeps it from writing after it wakes.
 */
export function fencedApi(api: KubernetesApi, isLeading: () => boolean): KubernetesApi {
  const fence = (): void => {
    if (!isLeading()) throw new NotLeadingError();
  };
  return {
    get: async (...call) => await api.get(...call),
    list: async (...call) => await api.list(...call),
    watch: async (...call) => await api.watch(...call),
    create: async (...call) => {
      fence();
      return await api.create(...call);
    },
    replace: async (...call) => {
      fence();
      return await api.replace(...call);
    },
    apply: async (...call) => {
      fence();
      return await api.apply(...call);
    },
    patch: async (...call) => {
      fence();
      return await api.patch(...call);
    },
    delete: async (...call) => {
      fence();
      return await api.delete(...call);
    },
  };
}
