import { demoOptions } from "./demo/demo-options.ts";

/** `make demo`: from nothing to a served share, a restart, a deletion and a return. Exits with 1 when something that it tells is not so. */
try {
  const options = demoOptions(process.env);
  if (options.cluster === "lab") {
    const { demoInLab } = await import("./demo/demo-in-lab.ts");
    process.exit(await demoInLab(options));
  } else {
    const { demoInCluster } = await import("./demo/demo-in-cluster.ts");
    process.exit(await demoInCluster(options));
  }
} catch (error) {
  process.stderr.write(`make demo: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
