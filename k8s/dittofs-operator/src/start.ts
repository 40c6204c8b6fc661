import { hostname } from "node:os";
import { FIELD_MANAGER, GROUP } from "./api/group.ts";
import { fencedDittoFs } from "./controller/fenced-dittofs.ts";
import { type Operator, startOperator } from "./controller/operator.ts";
import { dittoFsClient } from "./dittofs/dittofs-client.ts";
import type { Connection } from "./kubernetes/connection.ts";
import { createKubernetesApi } from "./kubernetes/rest-client.ts";
import type { Options } from "./options.ts";
import type { Clock } from "./runtime/clock.ts";
import { EventRecorder } from "./runtime/event-recorder.ts";
import { fencedApi } from "./runtime/fenced-api.ts";
import type { Instruments } from "./runtime/instruments.ts";
import { ELECTION_TIMING, LeaderElection } from "./runtime/leader-election.ts";
import { type Leadership, undisputedLeadership } from "./runtime/leadership.ts";
import { leaseIdentity } from "./runtime/lease.ts";
import type { Log } from "./runtime/log.ts";
import type { Random } from "./runtime/random.ts";
import { waitForSync } from "./runtime/wait-for-sync.ts";

export type StartOptions = {
  readonly options: Options;
  readonly connection: Connection;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly instruments: Instruments;
  /** Leadership is lost for good: the process has to end. */
  readonly onLost: () => void;
};

export type Started = {
  readonly operator: Operator;
  /** Ends everything in the order in which nothing is lost, and hands leadership over when nothing can write any more. */
  stop(): Promise<void>;
};

const leaseName = `${FIELD_MANAGER}-leader`;
const version = "0.1.0";
/** How often a start that does not get on says what it lacks. */
const syncComplaintMs = 30_000;

/** Joins the adapters to the controllers: reads at once, and acts as soon as it has read everything and leads. */
export function start(start: StartOptions): Started {
  const { options, connection, clock, random, log, instruments } = start;
  const userAgent = `dittofs-operator/${version}`;
  const identity = leaseIdentity(hostname(), random);
  const api = createKubernetesApi({ connection, clock, instruments, userAgent });
  const ending = new AbortController();
  let operator: Operator | undefined;
  const election = options.leaderElection === "on" ? elect() : undefined;
  const leadership: Leadership = election ?? undisputedLeadership();
  const fenced = fencedApi(api, () => leadership.isHeld());
  const events = new EventRecorder({
    api: fenced,
    clock,
    random,
    log,
    instruments,
    fieldManager: FIELD_MANAGER,
    reporter: { controller: `${GROUP}/operator`, instance: identity },
  });
  operator = startOperator({
    api: fenced,
    dittofs: fencedDittoFs(dittoFsClient(clock), () => leadership.isHeld()),
    dittofsAddress: options.dittofsAddress,
    events,
    clock,
    random,
    log,
    instruments,
    workers: options.workers,
  });
  void actWhenReady(operator);
  return { operator, stop };

  function elect(): LeaderElection {
    return new LeaderElection({
      // Its own connection and less patience: no other request stands before a renewal.
      api: createKubernetesApi({
        connection,
        clock,
        instruments,
        userAgent,
        deadlineMs: ELECTION_TIMING.callTimeoutMs,
      }),
      clock,
      random,
      log,
      instruments,
      namespace: options.leaseNamespace ?? connection.namespace,
      name: leaseName,
      identity,
      fieldManager: FIELD_MANAGER,
      onLeading: () => act(),
      onLost: start.onLost,
    });
  }

  function act(): void {
    log.info("acting", { workers: options.workers });
    operator?.startActing(leadership.signal);
  }

  async function actWhenReady({ reflectors }: Operator): Promise<void> {
    for (;;) {
      const missing = await waitForSync(reflectors, { clock, deadlineMs: syncComplaintMs, signal: ending.signal });
      if (ending.signal.aborted) return;
      if (missing.length === 0) break;
      log.error("cannot read what the operator needs, trying on", { missing });
    }
    log.info("everything is read");
    if (election === undefined) act();
    else election.start();
  }

  async function stop(): Promise<void> {
    ending.abort();
    const end = await operator?.stop();
    await events.stop();
    // Something that may still write must not meet a new leader: then the others wait until the Lease is old.
    await (end === "drained" ? election?.release() : election?.abandon());
  }
}
