import { bool, celString, DURATION, duration, int32, listMap, object, text } from "../schema/vocabulary.ts";
import { shareName } from "./share-name.ts";

const shorthand = "^@(hourly|daily|weekly)$";

const schedule = {
  interval: text("Time between snapshots: a duration such as 24h, or @hourly, @daily or @weekly.", {
    maxLength: 32,
    form: {
      pattern: `${shorthand}|${DURATION}`,
      message: "must be a duration such as 24h, or @hourly, @daily or @weekly",
    },
    rules: [
      {
        rule: `!self.matches(${celString(DURATION)}) || (duration(self) >= duration("1s") && duration(self) <= duration("8760h"))`,
        message: "must be from 1s to 8760h",
      },
    ],
  }),
  keepLast: int32("How many of the policy's snapshots are kept. Left out, or 0, their number has no bound.", {
    min: 0,
    max: 10_000,
  }).exactOptional(),
  ttl: duration("How long a snapshot is kept. Left out, or 0s, its age has no bound.", {
    min: "0s",
    max: "87600h",
  }).exactOptional(),
  namePrefix: text("What names of snapshots begin with; a dash and the time follow.", {
    maxLength: 64,
    form: { pattern: "^[A-Za-z0-9_-]*$", message: "must consist of letters, digits, _ and -" },
  }).exactOptional(),
};

/** Regular snapshots of one share. */
export const snapshots = object(
  "Regular snapshots of the share. They live on the same volumes and are no backup. Without this field an earlier policy of the operator is removed; snapshots stay.",
  schedule,
);

/** The same, also for shares that the spec does not declare. */
export const snapshotPolicies = listMap(
  "Regular snapshots by share, also of shares that spec.shares does not declare; otherwise as shares[].snapshots.",
  ["share"],
  object("Regular snapshots of one share.", {
    share: shareName("Name of the share."),
    ...schedule,
    enabled: bool("False keeps the policy and makes no snapshots. Left out, it is true.").exactOptional(),
  }),
  { maxItems: 256 },
).exactOptional();
