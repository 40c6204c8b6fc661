import { BUILT_IN_GROUPS } from "../group.ts";
import { bool, int64, listMap, object, oneOf, type Rule, secretKeyRef, set, text } from "../schema/vocabulary.ts";

/** The server keeps ids in 32 bits; the last one means "none" to Unix. */
const ids = { min: 1, max: 2 ** 32 - 2 };

/** What names of users and groups look like: they stand in names of Secrets and in paths. */
export const accountName = {
  pattern: "^[a-zA-Z0-9_]([-a-zA-Z0-9_.]*[a-zA-Z0-9_])?$",
  message: "must be an account name: letters, digits, ., _ and -",
};

const builtIn = BUILT_IN_GROUPS.map(({ name }) => `"${name}"`).join(", ");

const notBuiltIn: Rule = {
  rule: `!(self in [${builtIn}])`,
  message: `is one of the groups that every server has (${builtIn.replaceAll('"', "")}): choose another name`,
};

const group = object("A group.", {
  name: text("Name of the group. The groups that every server has are not declared.", {
    minLength: 1,
    maxLength: 64,
    form: accountName,
    rules: [notBuiltIn],
  }),
  gid: int64("Group id of the files that members make. Left out, the group has none, and an id set by hand stays.", {
    ...ids,
    rules: [
      {
        rule: `!(self in [${BUILT_IN_GROUPS.flatMap(({ gid }) => (gid === 0 ? [] : [gid])).join(", ")}])`,
        message: "is the id of a group that every server has: choose another one",
      },
    ],
  }).exactOptional(),
  description: text("What the group is for. Left out, one set by hand stays.", { maxLength: 256 }).exactOptional(),
});

/** Groups of users. */
export const groups = listMap(
  "Groups of users. A group that is removed here stays on the server, and so do groups made by hand.",
  ["name"],
  group,
  {
    maxItems: 128,
    rules: [
      {
        rule: "self.all(a, !has(a.gid) || self.exists_one(b, has(b.gid) && b.gid == a.gid))",
        message: "groups[].gid must differ: give each group an id of its own",
      },
    ],
  },
).exactOptional();

const user = object("A user.", {
  name: text("Name with which the user logs in.", {
    minLength: 1,
    maxLength: 64,
    form: accountName,
    rules: [
      {
        rule: 'self != "admin"',
        message: "is the administrator, whose password identity.admin.passwordSecretRef gives: choose another name",
      },
    ],
  }),
  uid: int64(
    "User id of the files that the user makes, one of its own. Without one NFS cannot tell the user from nobody. Left out, an id set by hand stays.",
    ids,
  ).exactOptional(),
  gid: int64("Primary group id. Left out, one set by hand stays.", ids).exactOptional(),
  groups: set(
    "All groups of the user: of spec.groups, the server's own (admins, operators, users), or made by hand. Left out, the user is in none.",
    text("Name of a group.", { minLength: 1, maxLength: 64, form: accountName }),
    { maxItems: 32 },
  ).exactOptional(),
  role: oneOf(
    "What the user may do in the REST API. Left out, it is user. An admin has to set a password of its own there before anything else.",
    ["user", "operator", "admin"],
  ).exactOptional(),
  enabled: bool("False keeps the user and lets nobody log in with it. Left out, it is true.").exactOptional(),
  displayName: text("Name for people. Left out, one set by hand stays.", { maxLength: 128 }).exactOptional(),
  email: text("Address for people. Left out, one set by hand stays.", { maxLength: 254 }).exactOptional(),
  passwordSecretRef: secretKeyRef(
    "Password in clear, 8 to 72 characters. A changed value is set on the server. Left out, the operator generates one into the Secret NAME-user-USERNAME.",
  ).exactOptional(),
});

/** Who may log in. */
export const users = listMap(
  "Users who may log in. A user that is removed here stays on the server, and so do users made by hand.",
  ["name"],
  user,
  { maxItems: 512 },
).exactOptional();
