import { cpSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { bundle, type Program } from "../../scripts/bundle.ts";

/** What a run of all tests bundles once; a file that runs by itself bundles what it needs. */
const folderOfRun = process.env["DITTOFS_BUNDLES"];

/** Puts a bundled program into a folder. */
export async function bundled(program: Program, folder: string): Promise<void> {
  if (folderOfRun === undefined) return void (await bundle(program, folder));
  for (const file of readdirSync(folderOfRun).filter((name) => name.startsWith(program)))
    cpSync(join(folderOfRun, file), join(folder, file));
}
