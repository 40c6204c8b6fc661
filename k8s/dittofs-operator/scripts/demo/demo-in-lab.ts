import { enterLab, isInsideLab } from "../../test/cluster/enter-lab.ts";
import { defaultLab } from "../../test/cluster/lab-script.ts";
import type { DemoOptions } from "./demo-options.ts";
import { labStage, tellLabUsage } from "./lab-stage.ts";
import { Story } from "./story.ts";
import { tour } from "./tour.ts";

/** The demo in a lab of its own. Answers the exit code, within the lab; outside it ends with the program that it starts there. */
export async function demoInLab({ keeps }: DemoOptions): Promise<number> {
  // The program starts itself again within the lab; the time counts from the first start.
  const sinceMs = Number((process.env["DEMO_SINCE_MS"] ??= String(Date.now())));
  const story = new Story((text) => process.stdout.write(text), isInsideLab() ? 1 : 0);
  if (!isInsideLab()) {
    story.step(
      "A Kubernetes",
      "A real one, without Docker: etcd, API server, scheduler and a node with kubelet and containerd, in a network of " +
        "its own on this machine. It is built from its sources the first time, which takes 6 to 8 minutes on two " +
        "cores; afterwards it starts in seconds.",
    );
  }
  const lab = await enterLab("full", { name: defaultLab, hasKind: true, staysUp: keeps });
  try {
    const operator = await tour(labStage(lab, story), story);
    if (keeps) tellLabUsage(story, lab.name, operator);
    story.tell(`\nAll of it held, in ${((Date.now() - sinceMs) / 1000).toFixed(1)} s.`);
    return 0;
  } catch (error) {
    story.failed(error instanceof Error ? error.message : String(error));
    return 1;
  }
}
