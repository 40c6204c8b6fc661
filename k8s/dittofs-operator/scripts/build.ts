import { rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Bundle, Program } from "./bundle.ts";
import { bundle } from "./bundle.ts";
import { thirdPartyNotices } from "./third-party-notices.ts";

const outdir = "dist";
const programs: readonly Program[] = ["operator", "dfs"];

function sizeLines({ metafile }: Bundle): readonly string[] {
  return Object.entries(metafile.outputs)
    .filter(([file]) => file.endsWith(".mjs"))
    .map(([file, { bytes, entryPoint }]) => {
      const isLoadedLater = basename(entryPoint ?? "") !== "main.ts";
      const size = `${(bytes / 1000).toFixed(0)} kB`.padStart(10);
      return `${size}  ${file}${isLoadedLater ? "  (only when it is needed)" : ""}`;
    });
}

const startMs = performance.now();
rmSync(outdir, { recursive: true, force: true });
const bundles = await Promise.all(programs.map((program) => bundle(program, outdir)));
const inputs = bundles.flatMap(({ metafile }) => Object.keys(metafile.inputs));
writeFileSync(join(outdir, "THIRD_PARTY_NOTICES"), thirdPartyNotices(inputs));

for (const line of bundles.flatMap(sizeLines)) console.log(line);
console.log(`Built in ${((performance.now() - startMs) / 1000).toFixed(1)} s.`);
