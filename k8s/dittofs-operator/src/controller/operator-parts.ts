import type { OptionalKind } from "../domain/optional-kinds.ts";
import type { Platform } from "../domain/world.ts";
import type { DittoFsTarget } from "../outside/dittofs-target.ts";
import type { DittoFs } from "../outside.ts";
import type { Clock } from "../runtime/clock.ts";
import type { Events } from "../runtime/event-recorder.ts";
import type { KubernetesApi } from "../runtime/kubernetes-api.ts";
import type { Log } from "../runtime/log.ts";
import type { Random } from "../runtime/random.ts";
import type { ClusterStores } from "./cluster-stores.ts";
import type { DittoFsFindings } from "./dittofs-findings.ts";
import type { Drains } from "./drains.ts";
import type { Sessions } from "./provision/sessions.ts";
import type { SecretReader } from "./secret-reader.ts";
import type { ServerKey } from "./server-key.ts";

/** What both controllers work with. */
export type OperatorParts = {
  readonly stores: ClusterStores;
  /** Of the kinds that a cluster may lack, those that are served now. */
  readonly servedKinds: ReadonlySet<OptionalKind>;
  readonly operatorNamespace: string;
  /** Those that it serves; absent: all of them, and what stands in none. */
  readonly namespaces: readonly string[] | undefined;
  readonly api: KubernetesApi;
  readonly platform: Platform;
  readonly dittofs: DittoFs;
  /** Replaces the pod's address for every server (development). */
  readonly dittofsAddress: DittoFsTarget | undefined;
  /** Runs in containers that prepare a server. */
  readonly operatorImage: string;
  readonly secretReader: SecretReader;
  readonly findings: DittoFsFindings;
  readonly sessions: Sessions;
  readonly drains: Drains;
  readonly events: Events;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Wakes the controller that talks to DittoFS servers. */
  readonly askDittoFs: (key: ServerKey) => void;
  /** Wakes the controller that talks to Kubernetes. */
  readonly look: (key: ServerKey) => void;
};
