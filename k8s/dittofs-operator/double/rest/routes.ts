import type { Handler } from "../http/call.ts";
import type { Gate } from "../http/gate.ts";
import type { Family, Method, Route } from "../http/route.ts";
import * as adapters from "./adapters.ts";
import * as auth from "./auth.ts";
import * as blockStores from "./block-stores.ts";
import * as groups from "./groups.ts";
import * as health from "./health.ts";
import * as metadataStores from "./metadata-stores.ts";
import * as nfsExports from "./nfs-exports.ts";
import * as permissions from "./permissions.ts";
import * as shares from "./shares.ts";
import * as users from "./users.ts";

function route(method: Method, path: string, handler: Handler, gate: Gate = "open"): Route {
  return { method, path, handler, gate };
}

/** The whole REST API: prefix, who may pass below it, and its routes. */
export const families: readonly Family[] = [
  {
    prefix: "/health",
    gate: "open",
    routes: [route("GET", "", health.liveness), route("GET", "/ready", health.readiness)],
  },
  {
    prefix: "/api/v1/auth",
    gate: "open",
    routes: [
      route("POST", "/login", auth.login),
      route("POST", "/refresh", auth.refresh),
      route("GET", "/me", auth.me, "token"),
    ],
  },
  { prefix: "/api/v1/users/me/password", gate: "token", routes: [route("POST", "", auth.changeOwnPassword)] },
  {
    prefix: "/api/v1/users",
    gate: "settled",
    routes: [
      route("GET", "/{user}", users.getUser),
      route("POST", "", users.createUser, "admin"),
      route("GET", "", users.listUsers, "admin"),
      route("PUT", "/{user}", users.updateUser, "admin"),
      route("DELETE", "/{user}", users.deleteUser, "admin"),
      route("POST", "/{user}/password", users.resetPassword, "admin"),
    ],
  },
  {
    prefix: "/api/v1/groups",
    gate: "admin",
    routes: [
      route("POST", "", groups.createGroup),
      route("GET", "", groups.listGroups),
      route("GET", "/{group}", groups.getGroup),
      route("PUT", "/{group}", groups.updateGroup),
      route("DELETE", "/{group}", groups.deleteGroup),
      route("GET", "/{group}/members", groups.listMembers),
      route("POST", "/{group}/members", groups.addMember),
      route("DELETE", "/{group}/members/{user}", groups.removeMember),
    ],
  },
  {
    prefix: "/api/v1/store/block/{kind}",
    gate: "admin",
    routes: [
      route("POST", "", blockStores.createBlockStore),
      route("GET", "", blockStores.listBlockStores),
      route("GET", "/{store}", blockStores.getBlockStore),
      route("PUT", "/{store}", blockStores.updateBlockStore),
      route("DELETE", "/{store}", blockStores.deleteBlockStore),
      route("GET", "/{store}/health", blockStores.blockStoreHealth),
      route("GET", "/{store}/status", blockStores.blockStoreStatus),
    ],
  },
  {
    prefix: "/api/v1/store/metadata",
    gate: "admin",
    routes: [
      route("POST", "", metadataStores.createMetadataStore),
      route("GET", "", metadataStores.listMetadataStores),
      route("GET", "/{store}", metadataStores.getMetadataStore),
      route("PUT", "/{store}", metadataStores.updateMetadataStore),
      route("DELETE", "/{store}", metadataStores.deleteMetadataStore),
      route("GET", "/{store}/health", metadataStores.metadataStoreHealth),
      route("GET", "/{store}/status", metadataStores.metadataStoreStatus),
    ],
  },
  {
    prefix: "/api/v1/shares",
    gate: "admin",
    routes: [
      route("POST", "", shares.createShare),
      route("GET", "", shares.listShares),
      route("GET", "/{share}", shares.getShare),
      route("PUT", "/{share}", shares.updateShare),
      route("DELETE", "/{share}", shares.deleteShare),
      route("GET", "/{share}/status", shares.shareStatus),
      route("POST", "/{share}/disable", shares.disableShare),
      route("POST", "/{share}/enable", shares.enableShare),
      route("GET", "/{share}/adapters/nfs/config", nfsExports.getNfsExport),
      route("PATCH", "/{share}/adapters/nfs/config", nfsExports.patchNfsExport),
      route("GET", "/{share}/permissions", permissions.listPermissions),
      route("PUT", "/{share}/permissions/users/{principal}", permissions.grantUser),
      route("DELETE", "/{share}/permissions/users/{principal}", permissions.revokeUser),
      route("PUT", "/{share}/permissions/groups/{principal}", permissions.grantGroup),
      route("DELETE", "/{share}/permissions/groups/{principal}", permissions.revokeGroup),
      route("PUT", "/{share}/permissions/sids/{principal}", permissions.grantSid),
      route("DELETE", "/{share}/permissions/sids/{principal}", permissions.revokeSid),
    ],
  },
  {
    prefix: "/api/v1/adapters",
    gate: "settled",
    routes: [
      route("GET", "/ports", adapters.listAdapterPorts),
      route("GET", "", adapters.listAdapters, "operator"),
      route("POST", "", adapters.createAdapter, "admin"),
    ],
  },
  {
    prefix: "/api/v1/adapters/{adapter}",
    gate: "admin",
    routes: [
      route("GET", "", adapters.getAdapter),
      route("PUT", "", adapters.updateAdapter),
      route("DELETE", "", adapters.deleteAdapter),
      route("GET", "/status", adapters.adapterStatus),
    ],
  },
  { prefix: "/", gate: "open", routes: [route("GET", "", health.toHealth)] },
];
