import { del, type Family, family, get, patch, post, put } from "../http/route.ts";
import * as data from "./block-store-data.ts";
import * as collection from "./garbage-collection.ts";
import * as nfsExports from "./nfs-exports.ts";
import * as permissions from "./permissions.ts";
import * as quotas from "./quotas.ts";
import * as shares from "./shares.ts";
import * as policies from "./snapshot-policies.ts";
import * as snapshots from "./snapshots.ts";
import * as trash from "./trash.ts";

/** Shares and everything that belongs to one. */
export const shareFamilies: readonly Family[] = [
  family("/api/v1/shares", "admin", [
    post("", shares.createShare),
    get("", shares.listShares),
    get("/{share}", shares.getShare),
    put("/{share}", shares.updateShare),
    del("/{share}", shares.deleteShare),
    get("/{share}/status", shares.shareStatus),
    post("/{share}/disable", shares.disableShare),
    post("/{share}/enable", shares.enableShare),
    get("/{share}/permissions", permissions.listPermissions),
    put("/{share}/permissions/users/{principal}", permissions.grantUser),
    del("/{share}/permissions/users/{principal}", permissions.revokeUser),
    put("/{share}/permissions/groups/{principal}", permissions.grantGroup),
    del("/{share}/permissions/groups/{principal}", permissions.revokeGroup),
    put("/{share}/permissions/sids/{principal}", permissions.grantSid),
    del("/{share}/permissions/sids/{principal}", permissions.revokeSid),
    get("/{share}/quotas", quotas.listQuotas),
    get("/{share}/quotas/default-user", quotas.refuseQuota),
    put("/{share}/quotas/default-user", quotas.refuseQuota),
    del("/{share}/quotas/default-user", quotas.refuseQuota),
    get("/{share}/quotas/{scope}/{identity}", quotas.getQuota),
    put("/{share}/quotas/{scope}/{identity}", quotas.setQuota),
    del("/{share}/quotas/{scope}/{identity}", quotas.deleteQuota),
    get("/{share}/blockstore/stats", data.shareStatsOf),
    post("/{share}/blockstore/evict", data.evictShare),
    post("/{share}/blockstore/warm", data.startWarm),
    get("/{share}/blockstore/warm/{job}", data.getWarm),
    post("/{share}/blockstore/gc", collection.startCollection),
    get("/{share}/blockstore/gc/{job}", collection.getCollection),
    get("/{share}/blockstore/gc-status", collection.lastCollection),
    post("/{share}/audit/refcounts", data.auditRefcounts),
  ]),
  family("/api/v1/shares/{share}/adapters/nfs/config", "admin", [
    get("", nfsExports.getNfsExport),
    patch("", nfsExports.patchNfsExport),
  ]),
  family("/api/v1/shares/{share}/snapshots", "admin", [
    post("", snapshots.createSnapshot),
    get("", snapshots.listSnapshots),
    get("/{snapshot}", snapshots.getSnapshot),
    del("/{snapshot}", snapshots.deleteSnapshot),
    post("/{snapshot}/restore", snapshots.restoreSnapshot),
  ]),
  family("/api/v1/shares/{share}/snapshot-policy", "admin", [
    put("", policies.setSnapshotPolicy),
    get("", policies.getSnapshotPolicy),
    del("", policies.deleteSnapshotPolicy),
    post("/run", policies.runSnapshotPolicy),
  ]),
  family("/api/v1/snapshot-policies", "admin", [get("", policies.listSnapshotPolicies)]),
  family("/api/v1/shares/{share}/trash", "admin", [
    get("", trash.listTrash),
    post("/restore", trash.restoreTrash),
    post("/empty", trash.emptyTrash),
    get("/status", trash.trashStatus),
  ]),
];
