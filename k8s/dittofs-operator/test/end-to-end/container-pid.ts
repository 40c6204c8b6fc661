import { readdirSync, readFileSync } from "node:fs";

/** The process of a pod's container whose command line holds the word, as the node sees it; undefined when there is none. */
export function containerPid(podUid: string, word: string): number | undefined {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const pid = pids.find((each) => proc(each, "cgroup").includes(podUid) && proc(each, "cmdline").includes(word));
  return pid === undefined ? undefined : Number(pid);
}

/** A process may end between the listing and the reading. */
function proc(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}
