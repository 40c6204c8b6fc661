import { API_VERSION, KIND } from "../../src/api/group.ts";
import type { DittoServerStatus } from "../../src/api/status.ts";
import type { OperatedLab } from "../acceptance/operated-lab.ts";
import { dittoServer, serverRef } from "../acceptance/sample-server.ts";
import { type Course, coursesAtOnce, inSlot } from "./courses.ts";
import { changeText, type FieldChange } from "./field-changes.ts";
import type { WatchedServers } from "./watched-servers.ts";

const { namespace } = dittoServer;

type Stage = { readonly lab: OperatedLab; readonly servers: WatchedServers };
type Tried = (course: Course, change: FieldChange) => Promise<readonly string[]>;

/** Runs the courses, some at once, and tells everything that `tried` finds, with its change. */
export async function runCourses(stage: Stage, courses: readonly Course[], tried: Tried): Promise<readonly string[]> {
  const waiting = courses.values();
  const faults: string[] = [];
  const runNext = async (slot: number): Promise<void> => {
    for (const course of waiting) faults.push(...(await run(stage, inSlot(course, slot), tried)));
  };
  await Promise.all(Array.from({ length: coursesAtOnce }, (_, slot) => runNext(slot)));
  return faults;
}

/** Makes the course's server, tries its changes one after the other, and gives up the server. */
async function run({ lab, servers }: Stage, course: Course, tried: Tried): Promise<readonly string[]> {
  const { name, spec, changes } = course;
  await lab.cluster.apply({ apiVersion: API_VERSION, kind: KIND, metadata: { name, namespace }, spec });
  if (!(await servers.untilUp(name))) {
    const { conditions } = (servers.server(name)?.["status"] ?? {}) as DittoServerStatus; // of a DittoServer
    return [`${name} does not come up: ${conditions?.find(({ type }) => type === "Ready")?.message}`];
  }
  const faults: string[] = [];
  for (const change of changes) {
    const found = await tried(course, change);
    faults.push(...found.map((fault) => `${changeText(change)} (${name}) ${fault}`));
  }
  await lab.cluster.delete(serverRef(name));
  return faults;
}
