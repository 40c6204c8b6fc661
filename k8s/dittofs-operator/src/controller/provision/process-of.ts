import type { Session } from "./sessions.ts";

/** Empty while nobody has said which process is asked. */
export function processOf({ process = "" }: Session): string {
  return process;
}
