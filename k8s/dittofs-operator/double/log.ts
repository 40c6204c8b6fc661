import { appendFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Config } from "./config/config.ts";
import type { Environment } from "./config/config-values.ts";

/** Writes one line of the server's log. Fields never hold secrets. */
export type Log = (level: "DEBUG" | "INFO" | "WARN" | "ERROR", message: string, fields?: Fields) => void;
type Fields = Readonly<Record<string, string | number | boolean>>;

const levels = ["DEBUG", "INFO", "WARN", "ERROR"];

/** The log of the program: text or JSON, to standard output, standard error, or a file below the state directory if nothing is configured. */
export function programLog(logging: Config["logging"], environment: Environment, now: () => Date): Log {
  const write = writer(logging.output || defaultPath(environment));
  return (level, message, fields = {}) => {
    if (levels.indexOf(level) < levels.indexOf(logging.level)) return;
    const time = now().toISOString();
    const line =
      logging.format === "json"
        ? JSON.stringify({ time, level, msg: message, ...fields })
        : textLine(time, level, message, fields);
    write(`${line}\n`);
  };
}

function textLine(time: string, level: string, message: string, fields: Fields): string {
  const rest = Object.entries(fields).map(([key, value]) => ` ${key}=${String(value)}`);
  return `[${time.slice(0, 19).replace("T", " ")}] [${level}] ${message}${rest.join("")}`;
}

function writer(output: string): (line: string) => void {
  if (output === "stdout") return (line) => void process.stdout.write(line);
  if (output === "stderr") return (line) => void process.stderr.write(line);
  mkdirSync(dirname(output), { recursive: true });
  return (line) => appendFileSync(output, line);
}

function defaultPath(environment: Environment): string {
  const folder = environment.XDG_STATE_HOME || join(environment.HOME || "/", ".local", "state");
  return join(folder, "dittofs", "dittofs.log");
}
