import { bool, int32, object, oneOf, type Rule, text } from "../schema/vocabulary.ts";

const rotation = object("When a log file is put aside. Only for an output that is a file.", {
  maxSizeMB: int32("Megabytes at which a new file is begun. Left out, 100.", {
    min: 1,
    max: 1_048_576,
  }).exactOptional(),
  maxBackups: int32("Old files that are kept; 0 keeps all. Left out, 5.", { min: 0, max: 10_000 }).exactOptional(),
  maxAgeDays: int32("Days after which an old file is removed; 0 knows no age. Left out, 0.", {
    min: 0,
    max: 36_500,
  }).exactOptional(),
  compress: bool("True compresses old files. Left out, false.").exactOptional(),
}).exactOptional();

/** Log settings of the server's file. */
export const logging = object(
  "The server's log.",
  {
    level: oneOf("Least level that is logged.", ["DEBUG", "INFO", "WARN", "ERROR"]).default("INFO"),
    format: oneOf("Form of a line.", ["text", "json"]).default("json"),
    output: text(
      "Where it goes: stdout, stderr, or a file on a volume, which kubectl logs does not show. The root filesystem is read-only, so that a file must lie below /tmp, /data/controlplane or a mount of pod.volumeMounts.",
      {
        maxLength: 1024,
        form: {
          pattern: String.raw`^(stdout|stderr|(/\.?[-A-Za-z0-9_@%+=,~][-A-Za-z0-9_@%+=,~.]*)+)?$`,
          message: "must be stdout, stderr or an absolute path such as /tmp/dittofs.log",
        },
      },
    ).default("stdout"),
    rotation,
  },
  {
    rules: [
      {
        rule: '!has(self.rotation) || self.output.startsWith("/")',
        message: "rotation is for a log file: set logging.output to a path, or remove it",
        fieldPath: ".rotation",
      },
    ],
  },
).prefault({});

const writable = ["/tmp/", "/data/controlplane/"].map((path) => `self.logging.output.startsWith("${path}")`);

export const loggingRules: readonly Rule[] = [
  {
    rule: `!self.logging.output.startsWith("/") || ${writable.join(" || ")} || (has(self.securityContext) && has(self.securityContext.readOnlyRootFilesystem) && !self.securityContext.readOnlyRootFilesystem) || (has(self.pod) && has(self.pod.volumeMounts) && self.pod.volumeMounts.exists(mount, (!has(mount.readOnly) || !mount.readOnly) && self.logging.output.startsWith(mount.mountPath + "/")))`,
    message:
      "logging.output must lie below /tmp, /data/controlplane or a writable mount of pod.volumeMounts, because the root filesystem is read-only: mount a volume there, or use stdout",
    fieldPath: ".logging.output",
  },
];
