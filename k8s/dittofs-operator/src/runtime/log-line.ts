const PLAIN = /^[\w./:@+-]+$/;

/**
 * One JSON log line as a line for a terminal: `12:00:00.000 WARN  pass failed controller=dittoserver key=default/files`.
 * Values are quoted as in JSON unless they are plain words, so that nothing from outside can steer a terminal.
 */
export function logLine(json: string): string {
  const { ts, level, msg, err, ...fields } = parsedLine(json);
  const head = `${String(ts).slice(11, 23)} ${String(level).toUpperCase().padEnd(5)} ${String(msg)}`;
  const words = Object.entries(fields).map(([key, value]) => `${key}=${printed(value)}`);
  return `${[head, ...words].join(" ")}${err === undefined ? "" : printedError(err)}\n`;
}

function parsedLine(json: string): Record<string, unknown> {
  const line: unknown = JSON.parse(json);
  return typeof line === "object" && line !== null ? { ...line } : { msg: line };
}

function printed(value: unknown): string {
  return typeof value === "string" && PLAIN.test(value) ? value : JSON.stringify(value);
}

function printedError(err: unknown): string {
  if (typeof err !== "object" || err === null || !("stack" in err) || typeof err.stack !== "string")
    return ` err=${printed(err)}`;
  return `\n    ${err.stack
    .split("\n")
    .map((line) => JSON.stringify(line).slice(1, -1))
    .join("\n    ")}`;
}
