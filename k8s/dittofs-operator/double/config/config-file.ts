import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { StartError } from "../start-error.ts";

/** The content of the configuration file as plain values; a missing file, bad YAML or a key given twice is a StartError. */
export function configFile(path: string): unknown {
  let content: string;
  try {
    content = readFileSync(path, "utf8");
  } catch (cause) {
    throw new StartError(`configuration file not found or not readable: ${path}`, 1, cause);
  }
  try {
    return parse(content, { prettyErrors: false });
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new StartError(`failed to read config file ${path}: ${detail}`, 1, cause);
  }
}
