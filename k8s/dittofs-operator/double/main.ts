import { existsSync } from "node:fs";
import { join } from "node:path";
import { readConfig } from "./config/config.ts";
import { configFile } from "./config/config-file.ts";
import { programLog } from "./log.ts";
import { StartError, startDouble } from "./start-double.ts";

const usage = "usage: dfs start --foreground [--config FILE]";

async function main(args: readonly string[]): Promise<void> {
  if (args[0] !== "start") throw new StartError(usage);
  const path = option(args, "--config");
  const config = path === undefined ? defaultConfig() : configFile(path);
  const { logging, unknownKeys } = readConfig(config, process.env);
  if (unknownKeys.length > 0)
    process.stderr.write(`WARNING: config contains unknown keys (ignored): ${unknownKeys.join(", ")}\n`);
  const log = programLog(logging, process.env, () => new Date());
  // Where the real server listens: the protocols on all addresses, wherever the REST API is.
  const starting = startDouble({ config, env: process.env, adapterHost: "", log });
  const end = (): void => {
    log("INFO", "Shutdown signal received, initiating graceful shutdown");
    void starting
      .then((double) => double.stop())
      .then(() => {
        log("INFO", "Server stopped gracefully");
        process.exit(0);
      });
  };
  process.once("SIGTERM", end).once("SIGINT", end);
  await starting;
}

function defaultConfig(): unknown {
  const folder = process.env.XDG_CONFIG_HOME || join(process.env.HOME || "/", ".config");
  const path = join(folder, "dittofs", "config.yaml");
  if (existsSync(path)) return configFile(path);
  process.stderr.write(`WARNING: no configuration file found at default location: ${path}\n`);
  return undefined;
}

function option(args: readonly string[], name: string): string | undefined {
  const inline = args.find((arg) => arg.startsWith(`${name}=`));
  if (inline !== undefined) return inline.slice(name.length + 1);
  const at = args.indexOf(name);
  return at < 0 ? undefined : args[at + 1];
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const isKnown = error instanceof StartError;
  process.stderr.write(`Error: ${isKnown ? error.message : String(error)}\n`);
  process.exit(isKnown ? error.exitCode : 1);
});
