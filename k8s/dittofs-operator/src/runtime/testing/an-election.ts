import { silentInstruments } from "../instruments.ts";
import { LeaderElection } from "../leader-election.ts";
import { ManualClock } from "../manual-clock.ts";
import { GOOD_WAY, LeaseServer, type Way } from "./lease-server.ts";
import { RecordingLog } from "./recording-log.ts";
import { SimulatedProcess } from "./simulated-process.ts";

export type Candidate = {
  readonly election: LeaderElection;
  readonly process: SimulatedProcess;
  readonly log: RecordingLog;
  /** `leading at ms`, `lost at ms`, in the world's time. */
  readonly told: string[];
  /** When a call got through after one that failed, in the world's time. */
  readonly recovered: number[];
  /** The way to the server; may be set between calls. */
  way: Way;
};

/** One Lease, one world's time, and as many candidates as are asked for. */
export function anElection(fraction: () => number = () => 0.5) {
  const clock = new ManualClock();
  const server = new LeaseServer(clock);
  const candidate = (identity: string): Candidate => {
    const process = new SimulatedProcess(clock);
    const log = new RecordingLog();
    const told: string[] = [];
    const recovered: number[] = [];
    const election = new LeaderElection({
      api: server.seenBy(process, () => made.way),
      clock: process,
      random: { fraction, bytes: (count) => new Uint8Array(count) },
      log,
      instruments: silentInstruments,
      namespace: "dittofs-system",
      name: "dittofs-operator",
      identity,
      fieldManager: "test",
      onRecovered: () => recovered.push(clock.monotonicMs()),
      onLeading: () => told.push(`leading at ${clock.monotonicMs()}`),
      onLost: () => told.push(`lost at ${clock.monotonicMs()}`),
    });
    const made: Candidate = { election, process, log, told, recovered, way: GOOD_WAY };
    return made;
  };
  const started = (identity: string): Candidate => {
    const made = candidate(identity);
    made.election.start();
    return made;
  };
  return { clock, server, candidate, started };
}
