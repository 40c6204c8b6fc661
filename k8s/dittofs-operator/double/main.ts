import { configFile } from "./config/config-file.ts";
import { StartError, startDouble } from "./start-double.ts";

const usage = "usage: dfs start --foreground [--config FILE]";

async function main(args: readonly string[]): Promise<void> {
  if (args[0] !== "start") throw new StartError(usage);
  const path = option(args, "--config");
  const config = path === undefined ? undefined : configFile(path);
  const double = await startDouble({ config, env: process.env, adapterHost: "" });
  for (const line of double.warnings) process.stderr.write(`${line}\n`);
  process.stdout.write(`Server is running at ${double.url}\n`);
  const end = (): void => {
    void double.stop().then(() => process.exit(0));
  };
  process.once("SIGTERM", end).once("SIGINT", end);
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
