import { join, resolve } from "node:path";
import { DEFAULT_IMAGE } from "../../src/api/default-image.ts";
import { bundled } from "./bundled.ts";
import { runLabScript } from "./lab-script.ts";

/** What the file server is in pods of the full lab. */
export type ServerProgram = { readonly kind: "double" } | { readonly kind: "dittofs"; readonly path: string };

/** The double, unless DITTOFS_PROGRAM names a `dfs` that runs on this machine. */
export function serverProgram(environment: NodeJS.ProcessEnv = process.env): ServerProgram {
  const path = environment["DITTOFS_PROGRAM"] ?? "";
  return path === "" ? { kind: "double" } : { kind: "dittofs", path: resolve(path) };
}

/** Makes the file server's image under the name that servers have by default; the folder is for what is built. */
export async function makeServerImage(folder: string): Promise<void> {
  const program = serverProgram();
  if (program.kind === "dittofs") {
    console.log(`The file server is ${program.path}.`);
    return await runLabScript("program-image.sh", [DEFAULT_IMAGE, program.path, "/app/dfs"]);
  }
  await bundled("dfs", folder);
  await runLabScript("node-image.sh", [DEFAULT_IMAGE, join(folder, "dfs.mjs"), "/app/dfs"]);
}
