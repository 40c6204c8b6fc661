import { type RefusedCreation, refused } from "./refused-creation.ts";

/** What the rules about users and groups refuse. */
export const wrongPeople: readonly RefusedCreation[] = [
  refused(
    "a user with a slash in the name",
    { users: [{ name: "a/b" }] },
    "spec.users[0].name",
    "must be an account name",
  ),
  refused("the administrator as a user", { users: [{ name: "admin" }] }, "spec.users[0].name", "is the administrator"),
  refused("uid 0 for a user", { users: [{ name: "a", uid: 0 }] }, "spec.users[0].uid", "greater than or equal to 1"),
  refused("a uid beyond 32 bits", { users: [{ name: "a", uid: 4_294_967_295 }] }, "spec.users[0].uid", "4294967294"),
  refused(
    "one group twice",
    { users: [{ name: "a", groups: ["b", "b"] }] },
    "spec.users[0].groups[1]",
    "Duplicate value",
  ),
  refused("a role that is none", { users: [{ name: "a", role: "root" }] }, "spec.users[0].role", '"operator"'),
  refused(
    "a password in clear",
    { users: [{ name: "a", password: "secret-secret" }] },
    'unknown field "spec.users[0].password"',
  ),
  refused(
    "a group that every server has",
    { groups: [{ name: "users" }] },
    "spec.groups[0].name",
    "is one of the groups that every server has (admins, operators, users)",
  ),
  refused(
    "the id of a group that every server has",
    { groups: [{ name: "a", gid: 1000 }] },
    "spec.groups[0].gid",
    "is the id of a group that every server has",
  ),
  refused(
    "two groups of one id",
    { groups: [{ name: "a", gid: 5 }, { name: "b" }, { name: "c", gid: 5 }] },
    "spec.groups",
    "groups[].gid must differ",
  ),
  refused(
    "a level that is none, which the server would take for a denial",
    { shares: [{ name: "/a", permissions: { users: [{ name: "b", level: "raed" }] } }] },
    "spec.shares[0].permissions.users[0].level",
    '"read-write"',
  ),
  refused(
    "a grant without a level",
    { shares: [{ name: "/a", permissions: { groups: [{ name: "b" }] } }] },
    "spec.shares[0].permissions.groups[0].level",
    "Required value",
  ),
  refused(
    "two grants to one user",
    {
      shares: [
        {
          name: "/a",
          permissions: {
            users: [
              { name: "b", level: "read" },
              { name: "b", level: "none" },
            ],
          },
        },
      ],
    },
    "spec.shares[0].permissions.users[1]",
    "Duplicate value",
  ),
  refused(
    "a security identifier that is none",
    { shares: [{ name: "/a", permissions: { sids: [{ sid: "CORP", level: "read" }] } }] },
    "spec.shares[0].permissions.sids[0].sid",
    "must be a security identifier",
  ),
];
