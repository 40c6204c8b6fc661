import type { Family } from "../http/route.ts";
import { del, family, get, patch, post, put } from "../http/route.ts";
import * as adapterSettings from "./adapter-settings.ts";
import * as adapters from "./adapters.ts";
import * as auth from "./auth.ts";
import * as clients from "./clients.ts";
import * as groups from "./groups.ts";
import * as health from "./health.ts";
import * as identityMappings from "./identity-mappings.ts";
import * as identityProviders from "./identity-providers.ts";
import * as netgroups from "./netgroups.ts";
import * as settings from "./settings.ts";
import { shareFamilies } from "./share-routes.ts";
import { storeFamilies } from "./store-routes.ts";
import * as users from "./users.ts";

const access: readonly Family[] = [
  family("/api/v1/auth", "open", [
    post("/login", auth.login),
    post("/refresh", auth.refresh),
    get("/me", auth.me, "token"),
  ]),
  family("/api/v1/users/me/password", "token", [post("", auth.changeOwnPassword)]),
  family("/api/v1/users", "settled", [
    get("/{user}", users.getUser),
    post("", users.createUser, "admin"),
    get("", users.listUsers, "admin"),
    put("/{user}", users.updateUser, "admin"),
    del("/{user}", users.deleteUser, "admin"),
    post("/{user}/password", users.resetPassword, "admin"),
  ]),
  family("/api/v1/groups", "admin", [
    post("", groups.createGroup),
    get("", groups.listGroups),
    get("/{group}", groups.getGroup),
    put("/{group}", groups.updateGroup),
    del("/{group}", groups.deleteGroup),
    get("/{group}/members", groups.listMembers),
    post("/{group}/members", groups.addMember),
    del("/{group}/members/{user}", groups.removeMember),
  ]),
  family("/api/v1/identity-mappings", "admin", [
    get("", identityMappings.listIdentityMappings),
    post("", identityMappings.createIdentityMapping),
    del("/by-provider/{provider}/{principal}", identityMappings.deleteIdentityMapping),
    get("/users/{user}", identityMappings.listMappingsOfUser),
  ]),
  family("/api/v1/identity-providers", "admin", [
    get("", identityProviders.listIdentityProviders),
    get("/{type}/config", identityProviders.getProviderConfig),
    put("/{type}/config", identityProviders.setProviderConfig),
    post("/{type}/test", identityProviders.testProvider),
  ]),
  family("/api/v1/sid-mappings", "admin", [get("", clients.emptyList), del("/{sid}", clients.noSidMapping)]),
];

const protocols: readonly Family[] = [
  family("/api/v1/adapters", "settled", [
    get("/ports", adapters.listAdapterPorts),
    get("", adapters.listAdapters, "operator"),
    post("", adapters.createAdapter, "admin"),
  ]),
  family("/api/v1/adapters/{adapter}", "admin", [
    get("", adapters.getAdapter),
    put("", adapters.updateAdapter),
    del("", adapters.deleteAdapter),
    get("/status", adapters.adapterStatus),
    get("/mounts", clients.emptyList),
  ]),
  family("/api/v1/adapters/{adapter}/settings", "admin", [
    get("", adapterSettings.getSettings),
    put("", adapterSettings.replaceSettings),
    patch("", adapterSettings.patchSettings),
    get("/defaults", adapterSettings.getDefaults),
    post("/reset", adapterSettings.resetSettings),
  ]),
  // The adapter of the path is not looked at: netgroups and mappings belong to the server.
  family("/api/v1/adapters/{adapter}/netgroups", "admin", [
    post("", netgroups.createNetgroup),
    get("", netgroups.listNetgroups),
    get("/{netgroup}", netgroups.getNetgroup),
    del("/{netgroup}", netgroups.deleteNetgroup),
    post("/{netgroup}/members", netgroups.addNetgroupMember),
    del("/{netgroup}/members/{member}", netgroups.deleteNetgroupMember),
  ]),
  family("/api/v1/adapters/{adapter}/identity-mappings", "admin", [
    get("", identityMappings.listIdentityMappings),
    post("", identityMappings.createIdentityMapping),
    del("/{principal}", identityMappings.deleteKerberosMapping),
  ]),
  family("/api/v1/clients", "admin", [get("", clients.listClients), del("/{client}", clients.noClient)]),
  family("/api/v1/mounts", "admin", [get("", clients.emptyList)]),
  family("/api/v1/durable-handles", "admin", [get("", clients.emptyList), del("/{handle}", clients.noDurableHandle)]),
];

const server: readonly Family[] = [
  family("/health", "open", [get("", health.liveness), get("/ready", health.readiness)]),
  family("/api/v1/settings", "admin", [
    get("", settings.listSettings),
    get("/{key}", settings.getSetting),
    put("/{key}", settings.setSetting),
    del("/{key}", settings.deleteSetting),
  ]),
  family("/", "open", [get("", health.toHealth)]),
];

/** The whole REST API: prefix, who may pass below it, and its routes. */
export const families: readonly Family[] = [...access, ...storeFamilies, ...shareFamilies, ...protocols, ...server];
