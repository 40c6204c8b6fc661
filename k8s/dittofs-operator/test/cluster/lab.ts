import type { AuditLog } from "./audit-log.ts";
import type { ClusterClient } from "./cluster-client.ts";

/** `light`: control plane only, no pod runs. `full`: with one real node. */
export type LabForm = "light" | "full";

/** A running lab, seen from within its network. */
export type Lab = {
  readonly name: string;
  readonly form: LabForm;
  readonly cluster: ClusterClient;
  readonly audit: AuditLog;
  /** Where it keeps its state; what a test puts here goes with the lab. */
  readonly directory: string;
  /** kill -9 of one of its processes: etcd, apiserver, controller-manager, and so on. */
  readonly stopProcess: (name: string) => Promise<void>;
  /** Starts it again with the same command line; returns before it is ready. */
  readonly startProcess: (name: string) => Promise<void>;
};
