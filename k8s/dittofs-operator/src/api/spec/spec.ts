import { bool, int32, object, oneOf } from "../schema/vocabulary.ts";
import { controlPlane } from "./control-plane.ts";
import { specRules } from "./cross-field-rules.ts";
import { database } from "./database.ts";
import { identity } from "./identity.ts";
import { logging } from "./logging.ts";
import { metrics } from "./metrics.ts";
import { networkPolicy } from "./network-policy.ts";
import { groups, users } from "./people.ts";
import { percona } from "./percona.ts";
import { podFields } from "./pod.ts";
import { pod, probes } from "./pod-placement.ts";
import { nfs, smb } from "./protocols.ts";
import { adapterServices, loadBalancer, service } from "./services.ts";
import { adapterDiscovery, config, extraConfig } from "./settings.ts";
import { shares } from "./shares.ts";
import { snapshotPolicies } from "./snapshots.ts";
import { storage } from "./storage.ts";
import { stores } from "./stores.ts";

/** Everything a user asks of one server, in the order of the reference. */
export const spec = object(
  "What the server should be.",
  {
    replicas: int32("1 runs the server, 0 stops it and keeps everything.", { min: 0, max: 1 }).default(1),
    paused: bool("True makes the operator write nothing but the status.").default(false),
    deletionPolicy: oneOf(
      "What becomes of volumes and generated Secrets when the DittoServer is deleted, and of shares that leave the spec. Retain keeps them, and a DittoServer of the same name finds them again; Delete removes them.",
      ["Retain", "Delete"],
    ).default("Retain"),
    deletionProtection: bool(
      "True holds the deletion of a DittoServer while clients have it mounted or bound PersistentVolumes name it; a condition and an event say who. Setting it to false lets the deletion go on.",
    ).default(false),
    storage: storage.exactOptional(),
    shares,
    stores,
    users,
    groups,
    snapshotPolicies,
    nfs,
    smb,
    service,
    adapterServices,
    loadBalancer,
    networkPolicy,
    metrics,
    database,
    percona,
    controlPlane,
    identity,
    logging,
    config,
    extraConfig,
    adapterDiscovery,
    pod,
    probes,
    ...podFields,
  },
  { rules: specRules },
);
