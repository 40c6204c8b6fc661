import { DEFAULT_CONTROL_PLANE_SIZE, DEFAULT_STORE } from "../group.ts";
import { celString, DURATION, type Rule } from "../schema/vocabulary.ts";
import { auxiliaryPortRules } from "./auxiliary-port-rules.ts";
import { databaseRules } from "./database-rules.ts";
import { exposureRules } from "./exposure-rules.ts";
import { loggingRules } from "./logging.ts";
import { remoteStoreRules } from "./remote-store-rules.ts";
import { rootRule } from "./security-context.ts";
import { serviceRules } from "./service-rules.ts";

const declares = (spec: "self" | "oldSelf", family: "metadata" | "local", name: string): string =>
  `(has(${spec}.stores) && has(${spec}.stores.${family}) && ${spec}.stores.${family}.exists(store, store.name == ${name}))`;

const hasSize = (spec: "self" | "oldSelf", size: string): string =>
  `(has(${spec}.storage) && has(${spec}.storage.${size}))`;

const usesDefault = (spec: "self" | "oldSelf", reference: "metadataStore" | "localStore"): string =>
  `(has(${spec}.shares) && ${spec}.shares.exists(share, !has(share.${reference}) || share.${reference} == "${DEFAULT_STORE}"))`;

// The answer cannot name the share: the API server takes a text found by filter for an endless one and refuses the rule.
const eachShare = (keeps: string, message: string): Rule => ({
  rule: `!has(self.shares) || self.shares.all(share, ${keeps})`,
  message,
  fieldPath: ".shares",
});

const declaredStores = (family: "metadata" | "local", reference: "metadataStore" | "localStore"): Rule =>
  eachShare(
    `!has(share.${reference}) || share.${reference} == "${DEFAULT_STORE}" || ${declares("self", family, `share.${reference}`)}`,
    `shares[].${reference} must name a store of stores.${family}, or ${DEFAULT_STORE}: declare the store, or correct the name`,
  );

const keptDefaultStore = (family: "metadata" | "local", reference: "metadataStore" | "localStore"): Rule => ({
  rule: `!${usesDefault("oldSelf", reference)} || ${declares("oldSelf", family, `"${DEFAULT_STORE}"`)} == ${declares("self", family, `"${DEFAULT_STORE}"`)}`,
  message: `stores.${family}: the store ${DEFAULT_STORE} cannot be declared or dropped while shares use it, because their data would stay behind: give the new store another name`,
  fieldPath: ".stores",
});

const storeOnVolume = (volume: "content" | "cache"): Rule => ({
  rule: `!has(self.stores) || !has(self.stores.local) || self.stores.local.all(store, !has(store.filesystem) || store.filesystem.volume != "${volume}") || ${hasSize("self", `${volume}Size`)}`,
  message: `stores.local[].filesystem.volume is ${volume}, and there is no such volume: set storage.${volume}Size`,
  fieldPath: ".stores.local",
});

const differentPorts: readonly Rule[] = [
  {
    rule: "!self.nfs.enabled || self.nfs.containerPort != self.controlPlane.port",
    message: "nfs.containerPort and controlPlane.port must differ: both are ports of the same pod",
    fieldPath: ".nfs.containerPort",
  },
  {
    rule: "!self.smb.enabled || self.smb.containerPort != self.controlPlane.port",
    message: "smb.containerPort and controlPlane.port must differ: both are ports of the same pod",
    fieldPath: ".smb.containerPort",
  },
  {
    rule: "!self.nfs.enabled || !self.smb.enabled || self.nfs.containerPort != self.smb.containerPort",
    message: "nfs.containerPort and smb.containerPort must differ: both are ports of the same pod",
    fieldPath: ".nfs.containerPort",
  },
];

// These stand here and not on database.sqlite, because the API server tries an object's rules on its default, which is {}.
const keptDatabase: readonly Rule[] = [
  {
    rule: "!oldSelf.database.sqlite.persistent || self.database.sqlite.persistent",
    message:
      "database.sqlite.persistent cannot become false, because the server would start with an empty database: make a new server",
    fieldPath: ".database.sqlite.persistent",
  },
  {
    rule: "!oldSelf.database.sqlite.persistent || self.database.sqlite.path == oldSelf.database.sqlite.path",
    message:
      "database.sqlite.path cannot be changed, because the server would start with an empty database: make a new server",
    fieldPath: ".database.sqlite.path",
  },
];

const SHUTDOWN_MS = "duration(self.config.shutdownTimeout).getMilliseconds()";

/** Rules over several fields of the spec. */
export const specRules: readonly Rule[] = [
  ...loggingRules,
  ...auxiliaryPortRules,
  ...databaseRules,
  ...remoteStoreRules,
  ...serviceRules,
  rootRule,
  declaredStores("metadata", "metadataStore"),
  declaredStores("local", "localStore"),
  keptDefaultStore("metadata", "metadataStore"),
  keptDefaultStore("local", "localStore"),
  storeOnVolume("content"),
  storeOnVolume("cache"),
  {
    rule: `!${hasSize("self", "contentSize")} || !${hasSize("oldSelf", "cacheSize")} || ${hasSize("oldSelf", "contentSize")} || ${declares("oldSelf", "local", `"${DEFAULT_STORE}"`)} || !${usesDefault("oldSelf", "localStore")}`,
    message: `storage.contentSize cannot be added while shares use the local store ${DEFAULT_STORE} on the cache volume, because their contents would stay behind: make a new server and copy`,
    fieldPath: ".storage.contentSize",
  },
  eachShare(
    `!self.smb.enabled || share.name.matches("^/[a-z0-9_][-a-z0-9._]*$")`,
    "shares[].name must be one lower-case component, such as /export, while smb is enabled: rename the share, or set smb.enabled to false",
  ),
  {
    rule: "!has(self.snapshotPolicies) || !has(self.shares) || self.shares.all(share, !has(share.snapshots) || !self.snapshotPolicies.exists(policy, policy.share == share.name))",
    message: "snapshotPolicies[].share names a share that has shares[].snapshots: keep one of the two",
    fieldPath: ".snapshotPolicies",
  },
  ...differentPorts,
  ...exposureRules,
  ...keptDatabase,
  {
    rule: `!has(self.terminationGracePeriodSeconds) || !self.config.shutdownTimeout.matches(${celString(DURATION)}) || self.terminationGracePeriodSeconds * 1000 >= 15000 + 3 * ${SHUTDOWN_MS}`,
    message:
      "terminationGracePeriodSeconds must be at least 5 + 3 x config.shutdownTimeout + 10: raise it, lower the timeout, or leave it out",
    fieldPath: ".terminationGracePeriodSeconds",
  },
  {
    rule: "!has(oldSelf.storage) || has(self.storage)",
    message: "storage cannot be removed, because the volumes hold data: delete the DittoServer to give them up",
    fieldPath: ".storage",
  },
  {
    rule: `!oldSelf.database.sqlite.persistent || !self.database.sqlite.persistent || ${hasSize("oldSelf", "controlPlaneSize")} || !${hasSize("self", "controlPlaneSize")} || quantity(self.storage.controlPlaneSize).compareTo(quantity("${DEFAULT_CONTROL_PLANE_SIZE}")) >= 0`,
    message: `storage.controlPlaneSize cannot be below ${DEFAULT_CONTROL_PLANE_SIZE}, the size that the volume has: a volume never shrinks`,
    fieldPath: ".storage.controlPlaneSize",
  },
];
