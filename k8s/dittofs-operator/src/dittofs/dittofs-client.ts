import type { DittoFs } from "../outside.ts";
import type { Clock } from "../runtime/clock.ts";
import { accepts } from "./accepts.ts";
import { adapterCalls } from "./adapters.ts";
import { authentication } from "./authentication.ts";
import { blockStoreCalls } from "./block-stores.ts";
import { clientCalls } from "./clients.ts";
import { type Exchanging, exchange as overHttp } from "./exchange.ts";
import { identityCalls } from "./identity.ts";
import { metadataStoreCalls } from "./metadata-stores.ts";
import { netgroupCalls } from "./netgroups.ts";
import { peopleCalls } from "./people.ts";
import { permissionCalls } from "./permissions.ts";
import { remoteStoreCalls } from "./remote-stores.ts";
import { rest } from "./rest.ts";
import { shareCalls } from "./shares.ts";
import { snapshotPolicyCalls } from "./snapshot-policies.ts";
import { localStoreCalls } from "./stores.ts";

/** The REST API of DittoFS servers, over HTTP unless tests have another way. */
export function dittoFsClient(clock: Clock, exchange: Exchanging = overHttp): DittoFs {
  return {
    ...authentication(clock, exchange),
    api: (target, accessToken) => {
      const call = rest({ target, clock, exchange, accessToken });
      return {
        ...adapterCalls(call),
        ...clientCalls(call),
        ...metadataStoreCalls(call),
        ...localStoreCalls(call),
        ...remoteStoreCalls(call),
        ...blockStoreCalls(call),
        ...shareCalls(call),
        ...netgroupCalls(call),
        ...peopleCalls(call),
        ...permissionCalls(call),
        ...snapshotPolicyCalls(call),
        ...identityCalls(call),
      };
    },
    accepts: (host, port, signal) => accepts(clock, { host, port }, signal),
  };
}
