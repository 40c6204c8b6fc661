import { changeSetting } from "./change-setting.ts";
import { deleteAndReturn } from "./delete-and-return.ts";
import { DemoFailure } from "./demo-failure.ts";
import { lookAround, serveShare } from "./serve.ts";
import type { RunningOperator, Stage } from "./stage.ts";
import type { Story } from "./story.ts";

/** Everything that is the same on every cluster. Rejects at the first claim that is not so, or when the operator ends. */
export async function tour(stage: Stage, story: Story): Promise<RunningOperator> {
  const operator = await stage.startOperator();
  const death = operator.death.then((sentence) => {
    throw new DemoFailure(sentence);
  });
  await Promise.race([scenes(stage, story), death]);
  return operator;
}

async function scenes(stage: Stage, story: Story): Promise<void> {
  const server = await serveShare(stage, story);
  await lookAround(stage, story, server);
  await changeSetting(stage, story);
  await deleteAndReturn(stage, story);
}
