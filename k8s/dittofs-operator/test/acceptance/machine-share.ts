import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { processUsage } from "../cluster/process-usage.ts";

/**
 * Measures from now on which part of the machine was there for these processes: theirs or idle, not others'. A time that is multiplied
 * by it is the time on a machine of their own.
 */
export function machineShare(pids: readonly number[]): () => number {
  const begin = { machine: machineTimes(), ownMs: cpuMs(pids) };
  return () => {
    const { totalMs, idleMs } = machineTimes();
    const total = totalMs - begin.machine.totalMs;
    return Math.min(1, (idleMs - begin.machine.idleMs + cpuMs(pids) - begin.ownMs) / total);
  };
}

/** The processes of the lab, by the files that its scripts keep. */
export function labProcesses(directory: string): readonly number[] {
  const run = join(directory, "run");
  return readdirSync(run).map((name) => Number(readFileSync(join(run, name, "pid"), "utf8")));
}

function cpuMs(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + processUsage(pid).cpuMs, 0);
}

/** proc(5): the first line of /proc/stat has user, nice, system, idle, iowait, irq, softirq and steal in ticks of 10 ms. */
function machineTimes(): { readonly totalMs: number; readonly idleMs: number } {
  const [line = ""] = readFileSync("/proc/stat", "utf8").split("\n");
  const ticks = line.split(/\s+/).slice(1, 9).map(Number);
  const total = ticks.reduce((sum, each) => sum + each, 0);
  return { totalMs: total * 10, idleMs: ((ticks[3] ?? 0) + (ticks[4] ?? 0)) * 10 };
}
