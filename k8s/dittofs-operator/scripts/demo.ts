import { enterLab, isInsideLab } from "../test/cluster/enter-lab.ts";
import { type DemoOptions, demoOptions } from "./demo/demo-options.ts";
import { labStage, tellLabUsage } from "./demo/lab-stage.ts";
import { Story, secondsText } from "./demo/story.ts";
import { tour } from "./demo/tour.ts";

/** `make demo`: from nothing to a served share, a restart, a deletion and a return, each looked at. Exits with 1 when a claim does not hold. */
async function demoInLab({ keeps }: DemoOptions): Promise<void> {
  // The program starts itself again within the lab; both take the time from the first start.
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
  const lab = await enterLab("full", { staysUp: keeps });
  try {
    const operator = await tour(labStage(lab, story), story);
    if (keeps) tellLabUsage(story, operator);
    story.tell(`\nAll of it held, in ${secondsText(Date.now() - sinceMs).trim()}.`);
    process.exit(0);
  } catch (error) {
    story.failed(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}

try {
  const options = demoOptions(process.env);
  await demoInLab(options);
} catch (error) {
  process.stderr.write(`make demo: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
