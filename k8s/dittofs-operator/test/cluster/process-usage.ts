import { readFileSync } from "node:fs";

/** What a process has used: CPU since its start, memory now and at most. */
export type ProcessUsage = {
  readonly cpuMs: number;
  readonly residentBytes: number;
  readonly peakResidentBytes: number;
};

export function processUsage(pid: number): ProcessUsage {
  const read = (name: string): string => readFileSync(`/proc/${pid}/${name}`, "utf8");
  return parsedUsage(read("stat"), read("status"));
}

/** Linux counts CPU time for user space in ticks of 10 ms on every architecture that Node runs on. */
const tickMs = 10;

/** From the two files of proc(5): fields 14 and 15 of `stat`, VmRSS and VmHWM of `status`. */
export function parsedUsage(stat: string, status: string): ProcessUsage {
  // The second field is the program's name in parentheses, which may hold spaces and parentheses itself.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const ticks = Number(fields[11]) + Number(fields[12]);
  const bytes = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(status)?.[1]) * 1024;
  return { cpuMs: ticks * tickMs, residentBytes: bytes("VmRSS"), peakResidentBytes: bytes("VmHWM") };
}
