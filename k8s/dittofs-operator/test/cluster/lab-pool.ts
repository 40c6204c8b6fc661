import { globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { runLabScript } from "./lab-script.ts";

/**
 * Labs that the programs of one run leave to each other, since to start one is five seconds of CPU. A file of the folder says of each
 * what it is, and by its name whether a program has it.
 */
export type LabPool = {
  /** For whom the labs are up: the process that has opened the pool. */
  readonly owner: string;
  /** One that is free and of this description. */
  readonly take: (description: string) => string | undefined;
  /** A lab that was started for the pool and is in use. */
  readonly add: (lab: string, description: string) => void;
  readonly giveBack: (lab: string) => void;
  readonly forget: (lab: string) => void;
  /** Where the lab's first objects are remembered, when it is of the pool. */
  readonly firstObjectsOf: (lab: string) => string | undefined;
};

const variable = "DITTOFS_LAB_POOL";

/** The pool that the environment names. */
export function labPool(): LabPool | undefined {
  const folder = process.env[variable];
  if (folder === undefined) return undefined;
  const free = (lab: string): string => join(folder, `${lab}.free`);
  const taken = (lab: string): string => join(folder, `${lab}.taken`);
  return {
    owner: readFileSync(join(folder, "owner"), "utf8"),
    take: (description) =>
      labsOf(folder, "free").find((lab) => contentOf(free(lab)) === description && isMoved(free(lab), taken(lab))),
    add: (lab, description) => writeFileSync(taken(lab), description),
    giveBack: (lab) => renameSync(taken(lab), free(lab)),
    forget: (lab) => rmSync(taken(lab)),
    firstObjectsOf: (lab) => (labsOf(folder, "taken").includes(lab) ? join(folder, `${lab}.json`) : undefined),
  };
}

/** From now on this program's children share labs. Ends with `closeLabPool`; of a program that was killed the next lab that starts ends them. */
export function openLabPool(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "owner"), String(process.pid));
  process.env[variable] = folder;
}

export async function closeLabPool(): Promise<void> {
  const folder = process.env[variable];
  if (folder === undefined) return;
  await end([...labsOf(folder, "free"), ...labsOf(folder, "taken")]);
}

/** Ends the labs that wait for a program, but one of this description: a lab at rest takes a fortieth of a core. */
export async function leaveOneLab(description: string): Promise<void> {
  const folder = process.env[variable];
  if (folder === undefined) return;
  const kept = labPool()?.take(description);
  const others = labsOf(folder, "free");
  await end(others);
  for (const lab of others) rmSync(join(folder, `${lab}.free`));
  if (kept !== undefined) labPool()?.giveBack(kept);
}

async function end(labs: readonly string[]): Promise<void> {
  for (const lab of labs) await runLabScript("down.sh", [], { env: { LAB: lab } });
}

function labsOf(folder: string, state: "free" | "taken"): readonly string[] {
  return globSync(join(folder, `*.${state}`)).map((file) => basename(file, `.${state}`));
}

/** Another program may be quicker. */
function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function isMoved(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch {
    return false;
  }
}
