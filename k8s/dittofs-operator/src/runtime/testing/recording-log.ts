import type { Log, LogFields, LogLevel } from "../log.ts";

/** Keeps what is logged, as `level: message`. */
export class RecordingLog implements Log {
  readonly lines: string[];
  readonly fields: LogFields[];

  constructor(into: { readonly lines: string[]; readonly fields: LogFields[] } = { lines: [], fields: [] }) {
    this.lines = into.lines;
    this.fields = into.fields;
  }

  /** Without the lines for those who look for defects. */
  get notable(): readonly string[] {
    return this.lines.filter((line) => !line.startsWith("debug"));
  }

  debug(message: string, fields?: LogFields): void {
    this.#keep("debug", message, fields);
  }

  info(message: string, fields?: LogFields): void {
    this.#keep("info", message, fields);
  }

  warn(message: string, fields?: LogFields): void {
    this.#keep("warn", message, fields);
  }

  error(message: string, fields?: LogFields): void {
    this.#keep("error", message, fields);
  }

  child(): Log {
    return this;
  }

  #keep(level: LogLevel, message: string, fields: LogFields = {}): void {
    this.lines.push(`${level}: ${message}`);
    this.fields.push(fields);
  }
}
