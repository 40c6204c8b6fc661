import { API_VERSION, KIND } from "../../src/api/group.ts";
import type { DittoServerStatus } from "../../src/api/status.ts";
import type { OperatedLab } from "../acceptance/operated-lab.ts";
import { dittoServer } from "../acceptance/sample-server.ts";
import type { Course } from "./courses.ts";
import { changeText, type FieldChange } from "./field-changes.ts";
import type { WatchedServers } from "./watched-servers.ts";

const { namespace } = dittoServer;

/** Makes the course's server and tries its changes one after the other; what `tried` finds is told with the change. */
export async function runCourse(
  { lab, servers }: { readonly lab: OperatedLab; readonly servers: WatchedServers },
  { name, spec, changes }: Course,
  tried: (change: FieldChange) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  await lab.cluster.apply({ apiVersion: API_VERSION, kind: KIND, metadata: { name, namespace }, spec });
  if (!(await servers.untilUp(name))) {
    const { conditions } = (servers.server(name)?.["status"] ?? {}) as DittoServerStatus; // of a DittoServer
    return [`${name} does not come up: ${conditions?.find(({ type }) => type === "Ready")?.message}`];
  }
  const faults: string[] = [];
  for (const change of changes) {
    const found = await tried(change);
    faults.push(...found.map((fault) => `${changeText(change)} (${name}) ${fault}`));
  }
  return faults;
}
