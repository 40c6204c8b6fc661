import { once } from "node:events";
import { currentCluster } from "./current-cluster.ts";
import { CurrentStage } from "./current-stage.ts";
import type { DemoOptions } from "./demo-options.ts";
import { serverName } from "./demo-server.ts";
import { Story } from "./story.ts";
import { tour } from "./tour.ts";

const interrupted = 130;

/** The demo on the kubeconfig's cluster. Answers the exit code, after everything that it made is gone again. */
export async function demoInCluster({ image, keeps }: DemoOptions): Promise<number> {
  const sinceMs = performance.now();
  const interruption = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => interruption.abort());
  const { signal } = interruption;
  const story = new Story((text) => void (signal.aborted || process.stdout.write(text)), 0);
  const stage = new CurrentStage(await currentCluster(), image, story);
  const end = new Story((text) => process.stdout.write(text), 0);
  let code = 0;
  try {
    await Promise.race([tour(stage, story), aborted(signal)]);
    if (keeps && !signal.aborted) await stay(stage, story, signal);
  } catch (error) {
    end.failed(error instanceof Error ? error.message : String(error));
    code = 1;
  }
  end.tell(`\nRemoving the namespace ${stage.namespace} and the kind DittoServer ...`);
  await stage.leave();
  if (signal.aborted && !keeps) return interrupted;
  if (code === 0)
    end.tell(`All of it held, and nothing is left of it, in ${((performance.now() - sinceMs) / 1000).toFixed(1)} s.`);
  return code;
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, "abort");
}

/** The operator is a process beside this one, so that both stay until Ctrl-C. */
async function stay(stage: CurrentStage, story: Story, signal: AbortSignal): Promise<void> {
  const { host, port } = await stage.restAddress();
  story.step("Your turn", "Operator and server go on as long as this program runs.");
  story.tell(`use     kubectl -n ${stage.namespace} get dittofs
        kubectl -n ${stage.namespace} edit dittofs ${serverName}
reach   curl http://${host}:${port}/health
        kubectl -n ${stage.namespace} get dittofs ${serverName} -o jsonpath='{range .status.endpoints[*]}{.mount}{"\\n"}{end}'
stop    Ctrl-C: removes everything again`);
  await aborted(signal);
}
