import type { DittoFs, DittoFsApi } from "../../src/outside.ts";

type Method = (...parameters: never[]) => Promise<unknown>;

/**
 * The same API, and how many of its calls wait for an answer: whether a pass waits for the server or for the clock. `beforeCall` may throw, and
 * with that end the pass.
 */
export function inFlight(
  dittofs: DittoFs,
  beforeCall: () => void,
): { readonly dittofs: DittoFs; readonly count: () => number } {
  let waiting = 0;
  const counted = <Call extends Method>(call: Call): Call => {
    const counting: Method = async (...parameters) => {
      beforeCall();
      waiting += 1;
      return await call(...parameters).finally(() => {
        waiting -= 1;
      });
    };
    return counting as Call; // takes and gives what `call` does
  };
  const countedApi = (api: DittoFsApi): DittoFsApi => {
    const calls: Record<string, Method> = { ...api };
    for (const [name, call] of Object.entries(calls)) calls[name] = counted(call);
    return { ...api, ...calls };
  };
  return {
    count: () => waiting,
    dittofs: {
      login: counted(dittofs.login),
      refresh: counted(dittofs.refresh),
      setOwnPassword: counted(dittofs.setOwnPassword),
      accepts: counted(dittofs.accepts),
      api: (target, token) => countedApi(dittofs.api(target, token)),
    },
  };
}
