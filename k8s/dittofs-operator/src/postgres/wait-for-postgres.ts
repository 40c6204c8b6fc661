import { readFileSync, writeFileSync } from "node:fs";
import type { Clock } from "../runtime/clock.ts";
import { patientWait } from "./patient-wait.ts";
import { postgresSettings } from "./postgres-settings.ts";
import { tryConnection } from "./try-connection.ts";

export type WaitForPostgres = {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Outlives a run of the container; lost with the pod. */
  readonly toldFile: string;
  /** Where the kubelet looks for a container's last words. */
  readonly lastWordsFile: string;
  readonly say: (line: string) => void;
  readonly clock: Clock;
};

/** Answers the exit code: 0 when the database has answered, 1 when there is something new to tell about why it does not. */
export async function waitForPostgres({
  environment,
  toldFile,
  lastWordsFile,
  say,
  clock,
}: WaitForPostgres): Promise<number> {
  const tell = (problem: string): number => {
    say(problem);
    write(lastWordsFile, problem);
    return 1;
  };
  const read = postgresSettings(environment);
  if (read.kind === "wrong") return tell(read.problems.join("; "));
  const { settings } = read;
  say(`waiting for database ${settings.database} on ${settings.host}:${settings.port} (sslMode ${settings.sslMode})`);
  const end = await patientWait({
    tryOnce: async () => await tryConnection(settings),
    toldBefore: textIn(toldFile),
    clock,
  });
  if (end.kind === "answered") {
    say("the database answers");
    return 0;
  }
  write(toldFile, end.problem);
  return tell(end.problem);
}

function textIn(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** Outside a container there may be no such file; what it would hold is said anyway. */
function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch {
    // Said already.
  }
}
