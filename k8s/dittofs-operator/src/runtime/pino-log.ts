import { type DestinationStream, type Logger, pino } from "pino";
import type { Clock } from "./clock.ts";
import type { Log, LogFields, LogLevel } from "./log.ts";
import { logLine } from "./log-line.ts";
import { redactedFields, redactedText } from "./redacted-fields.ts";

const ORDER: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 };

/** The level of all loggers of one process; it may change while it runs. */
export type LevelSwitch = { level: LogLevel };

/**
 * The process's log: a line each to standard output, written before the call returns, so that nothing is lost when the
 * process dies. `json` has the keys ts, level, msg, then the fields; `text` is for people at a terminal.
 */
export function createPinoLog(options: {
  readonly clock: Clock;
  readonly levelSwitch: LevelSwitch;
  readonly format: "json" | "text";
  /** Where lines go instead of standard output. */
  readonly destination?: DestinationStream;
}): Log {
  const destination = options.destination ?? pino.destination({ dest: 1, sync: true });
  const logger = pino(
    {
      level: "debug",
      base: null,
      messageKey: "msg",
      timestamp: () => `,"ts":"${new Date(options.clock.wallMs()).toISOString()}"`,
      serializers: { err: (err: unknown) => err },
      formatters: { level: (label) => ({ level: label }) },
    },
    options.format === "json" ? destination : { write: (line) => destination.write(logLine(line)) },
  );
  return new PinoLog(logger, options.levelSwitch);
}

class PinoLog implements Log {
  readonly #logger: Logger;
  readonly #levelSwitch: LevelSwitch;

  constructor(logger: Logger, levelSwitch: LevelSwitch) {
    this.#logger = logger;
    this.#levelSwitch = levelSwitch;
  }

  debug(message: string, fields?: LogFields): void {
    this.#write("debug", message, fields);
  }

  info(message: string, fields?: LogFields): void {
    this.#write("info", message, fields);
  }

  warn(message: string, fields?: LogFields): void {
    this.#write("warn", message, fields);
  }

  error(message: string, fields?: LogFields): void {
    this.#write("error", message, fields);
  }

  child(fields: LogFields): Log {
    return new PinoLog(this.#logger.child(clean(fields)), this.#levelSwitch);
  }

  #write(level: LogLevel, message: string, fields: LogFields = {}): void {
    if (ORDER[level] < ORDER[this.#levelSwitch.level]) return;
    this.#logger[level](clean(fields), redactedText(message));
  }
}

/** What is thrown need not be an error; under `err` it always looks like one. */
function clean(fields: LogFields): Record<string, unknown> {
  const { err } = fields;
  const isOdd = "err" in fields && !(err instanceof Error);
  return redactedFields(isOdd ? { ...fields, err: { message: String(err) } } : fields);
}
