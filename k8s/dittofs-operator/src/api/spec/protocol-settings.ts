import {
  bool,
  celString,
  DURATION,
  duration,
  int32,
  object,
  oneOf,
  type Rule,
  set,
  text,
} from "../schema/vocabulary.ts";

const wholeSeconds: Rule = {
  rule: `!self.matches(${celString(DURATION)}) || duration(self).getMilliseconds() % 1000 == 0`,
  message: "must be whole seconds, because the server counts in seconds",
};

const seconds = (description: string, bounds: { readonly min: string; readonly max: string }) =>
  duration(description, { ...bounds, rules: [wholeSeconds] }).exactOptional();

const untouched = "What is left out is not touched on the server. Changes act within ten seconds, without a restart.";

const maxConnections = int32("How many connections clients may have at a time. 0 is the server's own bound.", {
  min: 0,
  max: 100_000,
}).exactOptional();

export const nfsSettings = object(`Settings of the NFS adapter. ${untouched}`, {
  leaseTime: seconds("How long a client that is silent keeps its state.", { min: "10s", max: "1h" }),
  gracePeriod: seconds("How long clients may reclaim locks after a start.", { min: "10s", max: "1h" }),
  delegationsEnabled: bool("True lets clients cache files on their own.").exactOptional(),
  maxDelegations: int32("How many delegations are given out at a time.", { min: 0, max: 1_000_000 }).exactOptional(),
  maxConnections,
  portmapper: bool(
    "True answers NFSv3 clients that ask a portmapper, on port 111 of the Services NAME-adapter-nfs and NAME-adapter-nfs-aux. It announces nfs.containerPort, so that nfs.port should be the same. A change switches NFS off and on.",
  ).exactOptional(),
  udp: bool(
    "True serves NFSv3's mounts and locks over UDP too, through the Service NAME-adapter-nfs-aux. A change switches NFS off and on.",
  ).exactOptional(),
  blockedOperations: set(
    "All operations that are refused, such as MKNOD. An empty list blocks none.",
    text("Name of an operation, in upper case.", {
      minLength: 1,
      maxLength: 32,
      form: { pattern: "^[A-Z][A-Z0-9_]*$", message: "must be an NFS operation in upper case, such as MKNOD" },
    }),
    { maxItems: 64 },
  ).exactOptional(),
});

const dialects = ["SMB2.0", "SMB2.1", "SMB3.0", "SMB3.0.2", "SMB3.1.1"] as const;

// Comparing the names would do, but the API server takes the length of an enumeration's value for endless and the rule for
// too dear; against a literal a comparison is as short as that.
const age = (field: string): string =>
  dialects.reduceRight(
    (newer, dialect, index) => `(${field} == "${dialect}" ? ${index} : ${newer})`,
    `${dialects.length}`,
  );

export const smbSettings = object(
  `Settings of the SMB adapter. ${untouched}`,
  {
    minDialect: oneOf("Oldest dialect that is spoken.", dialects).exactOptional(),
    maxDialect: oneOf("Newest dialect that is spoken.", dialects).exactOptional(),
    signing: oneOf("Whether messages are signed: not at all, if the client wants it, or always.", [
      "disabled",
      "enabled",
      "required",
    ]).exactOptional(),
    encryption: bool("True offers encryption to clients that can do it.").exactOptional(),
    maxConnections,
    maxSessions: int32("How many sessions there may be at a time.", { min: 1, max: 1_000_000 }).exactOptional(),
    sessionTimeout: seconds("How long an idle session lasts.", { min: "1m", max: "24h" }),
    directoryLeasing: bool("True lets clients cache directories.").exactOptional(),
  },
  {
    rules: [
      {
        rule: `!has(self.minDialect) || !has(self.maxDialect) || ${age("self.minDialect")} <= ${age("self.maxDialect")}`,
        message: "minDialect must not be newer than maxDialect: no client could connect",
        fieldPath: ".minDialect",
      },
    ],
  },
);
