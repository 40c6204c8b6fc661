import { after } from "node:test";
import type { DoubleOptions } from "../../double/start-double.ts";
import { enterOperatedLab, type OperatedLab } from "../acceptance/operated-lab.ts";
import { perconaDefinition } from "../acceptance/percona-definition.ts";
import { serviceMonitorDefinition } from "../acceptance/service-monitor-definition.ts";
import { type WatchedServers, watchedServers } from "./watched-servers.ts";

/** A network in which every object store, database and directory that a spec names is there. */
const everywhere: NonNullable<DoubleOptions["network"]> = {
  resolve: async () => ["198.51.100.1"],
  dial: async () => true,
};

/** A lab in which every golden input can run, whatever kinds and places it needs, and that is watched. It ends with the test file. */
export async function enterSweptLab(): Promise<{ readonly lab: OperatedLab; readonly servers: WatchedServers }> {
  const lab = await enterOperatedLab({ network: everywhere });
  await Promise.all([perconaDefinition, serviceMonitorDefinition].map((kind) => lab.cluster.applyYaml(kind)));
  const end = new AbortController();
  const servers = await watchedServers(lab, end.signal);
  after(async () => {
    end.abort();
    await lab.node.stop();
  });
  return { lab, servers };
}
