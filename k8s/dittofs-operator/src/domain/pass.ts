import type { ChildOutcome } from "./child-outcome.ts";
import type { Plan } from "./plan.ts";
import type { World } from "./world.ts";

/** One pass as the report sees it: what was there, what was meant, and what became of it. */
export type Pass = {
  readonly world: World;
  readonly plan: Plan;
  readonly outcomes: readonly ChildOutcome[];
};
