import type { ShareRestart } from "../dittofs-seen.ts";

export type ShareRestartInputs = {
  readonly outdated: readonly string[];
  /** Which process was asked, and the generation of the spec that was compared. */
  readonly process: string;
  readonly generation: number;
  /** The last restart for shares that was asked for. */
  readonly before: ShareRestart | undefined;
};

export type ShareRestartDecision = {
  /** To be remembered. */
  readonly asked?: ShareRestart;
  /** Why the process has to start again; goes on after "because". */
  readonly outdated?: string;
  /** Shares whose settings wait for a start that nobody makes. */
  readonly waiting: readonly string[];
};

const named = 5;

/**
 * One restart for each generation of the spec at most: whatever keeps a new process from loading what is wanted, or changes
 * it again and again, is no reason for a second one.
 */
export function shareRestart({ outdated, process, generation, before }: ShareRestartInputs): ShareRestartDecision {
  const kept = before === undefined ? {} : { asked: before };
  if (outdated.length === 0) return { ...kept, waiting: [] };
  const isSpent = before !== undefined && before.generation >= generation && before.process !== process;
  if (isSpent) return { ...kept, waiting: outdated };
  const more = outdated.length > named ? ` and ${outdated.length - named} more` : "";
  return {
    asked: before?.process === process ? before : { process, generation },
    outdated: `settings of share ${outdated.slice(0, named).join(", ")}${more} changed that it reads only when it loads a share`,
    waiting: [],
  };
}
