/** From chatty to grave. A logger set to one level drops everything before it. */
export type LogLevel = "debug" | "info" | "warn" | "error";

/**
 * Named values beside a message. An error goes under `err`. Values under keys that hold secrets by their name are
 * blanked before they are written, but do not rely on it: never pass a secret.
 */
export type LogFields = Readonly<Record<string, unknown>>;

/** Structured logging: the message is a constant sentence, what varies goes into the fields. Never throws. */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** A logger that adds these fields to each of its lines. */
  child(fields: LogFields): Log;
}
