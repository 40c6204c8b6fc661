import type { DittoServer } from "../../api/ditto-server.ts";

/** Old log files that are kept when the spec does not say: the server's own default keeps all, which fills the volume. */
const keptLogFiles = 5;

type LoggingConfig = {
  readonly level: string;
  readonly format: string;
  readonly output: string;
  readonly rotation?: Readonly<Record<string, number | boolean>>;
};

/** The file's section `logging`. The server's own default is a file that its read-only root has no place for. */
export function loggingConfig({ spec }: DittoServer): LoggingConfig {
  const { level, format, output: written, rotation = {} } = spec.logging;
  const output = written === "" ? "stdout" : written;
  if (!output.startsWith("/")) return { level, format, output };
  const { maxSizeMB, maxBackups = keptLogFiles, maxAgeDays, compress } = rotation;
  return {
    level,
    format,
    output,
    rotation: {
      ...(maxSizeMB !== undefined && { max_size: maxSizeMB }),
      max_backups: maxBackups,
      ...(maxAgeDays !== undefined && { max_age: maxAgeDays }),
      ...(compress !== undefined && { compress }),
    },
  };
}
