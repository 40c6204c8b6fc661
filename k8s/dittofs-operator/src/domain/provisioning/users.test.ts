import assert from "node:assert/strict";
import { test } from "node:test";
import { aLiveDittoFs } from "../testing/a-live-dittofs.ts";
import { aServer } from "../testing/a-server.ts";
import type { LiveDittoFs, LiveUser } from "./live-dittofs.ts";
import { keptUsers, userChanges, type WantedUser, wantedUsers } from "./users.ts";

const password = { kind: "usable", digest: "d1" } as const;
const unusable = { kind: "unusable", message: "Secret people does not exist." } as const;
const alice: WantedUser = { name: "alice", uid: 1001, role: "user", enabled: true, groups: [], password };
const live: LiveUser = {
  name: "alice",
  uid: 1001,
  role: "user",
  enabled: true,
  groups: [],
  displayName: "",
  email: "",
};
const applied = new Map([["alice", "d1"]]);
const staff = { name: "staff", description: "" };

type Row = {
  readonly name: string;
  readonly wanted?: Partial<WantedUser>;
  readonly live?: Partial<LiveUser> | "absent";
  readonly all?: Partial<LiveDittoFs>;
  readonly declared?: readonly { readonly name: string }[];
  readonly calls: readonly unknown[];
  readonly what: string;
  readonly problem?: RegExp;
};

const rows: readonly Row[] = [
  { name: "a user as wanted is not touched", calls: [], what: "" },
  {
    name: "a user who is missing is created, and the change holds no password",
    live: "absent",
    calls: [
      {
        name: "createUser",
        body: { name: "alice", uid: 1001, role: "user", groups: [], passwordDigest: "d1" },
      },
    ],
    what: "created",
  },
  {
    name: "a user who may not log in is made and then disabled, because the server makes every user enabled",
    wanted: { enabled: false },
    live: "absent",
    calls: [
      {
        name: "createUser",
        body: { name: "alice", uid: 1001, role: "user", groups: [], passwordDigest: "d1" },
      },
      { name: "updateUser", body: { name: "alice", enabled: false } },
    ],
    what: "created",
  },
  {
    name: "fields, role, state and memberships are put back",
    wanted: { email: "a@example.com", displayName: "Alice", gid: 100 },
    live: { uid: 7, role: "admin", enabled: false, groups: ["users"], email: "x" },
    calls: [
      {
        name: "updateUser",
        body: {
          name: "alice",
          uid: 1001,
          gid: 100,
          displayName: "Alice",
          email: "a@example.com",
          role: "user",
          enabled: true,
          groups: [],
        },
      },
    ],
    what: "uid changed, gid changed, displayName changed, email changed, role changed, enabled changed, groups changed",
  },
  {
    name: "what the spec leaves out stays as somebody set it by hand",
    live: { gid: 5, displayName: "by hand", email: "by@hand" },
    calls: [],
    what: "",
  },
  {
    name: "the order of groups does not matter",
    wanted: { groups: ["a", "b"] },
    live: { groups: ["b", "a"] },
    all: { groups: [staff, { name: "a", description: "" }, { name: "b", description: "" }] },
    calls: [],
    what: "",
  },
  {
    name: "another password is set, and only that",
    wanted: { password: { kind: "usable", digest: "d2" } },
    calls: [{ name: "setUserPassword", body: { name: "alice", passwordDigest: "d2" } }],
    what: "password set",
  },
  {
    name: "a user of whose password nothing is known gets it set once",
    all: { appliedPasswords: new Map() },
    calls: [{ name: "setUserPassword", body: { name: "alice", passwordDigest: "d1" } }],
    what: "password set",
  },
  {
    name: "a user whose Secret is missing is changed all the same, keeps the password, and says so",
    wanted: { password: unusable },
    live: { enabled: false },
    calls: [{ name: "updateUser", body: { name: "alice", enabled: true } }],
    what: "enabled changed",
    problem: /^User alice: Secret people does not exist\.$/,
  },
  {
    name: "a user without a usable password is not made",
    wanted: { password: unusable },
    live: "absent",
    calls: [],
    what: "",
    problem: /Secret people does not exist/,
  },
  {
    name: "a group that nobody knows is that user's problem",
    wanted: { groups: ["stuff"] },
    calls: [],
    what: "",
    problem: /User alice is to be in group stuff, which is neither in spec.groups nor on the server/,
  },
];

for (const { name, calls, what, problem, ...row } of rows) {
  test(name, () => {
    const users = row.live === "absent" ? [] : [{ ...live, ...row.live }];
    const [change] = userChanges(
      [{ ...alice, ...row.wanted }],
      row.declared ?? [],
      aLiveDittoFs({ users, appliedPasswords: applied, ...row.all }),
    );
    assert.deepEqual(change?.calls, calls);
    assert.equal(change?.what, what);
    if (problem === undefined) assert.equal(change?.problem, undefined);
    else assert.match(change?.problem ?? "", problem);
  });
}

test("a user waits for declared groups that are not there, and for no others", () => {
  const wanted = [{ ...alice, groups: ["staff", "new"] }];
  const [change] = userChanges(wanted, [{ name: "staff" }, { name: "new" }], aLiveDittoFs({ groups: [staff] }));
  assert.deepEqual(change?.needs, [{ family: "group", name: "new" }]);
});

test("of two users of one uid the first gets it and the second is told", () => {
  const left = userChanges(
    [alice, { ...alice, name: "bob" }],
    [],
    aLiveDittoFs({ users: [live], appliedPasswords: applied }),
  );
  assert.deepEqual(
    left.map(({ problem }) => problem),
    [undefined, "User bob has the uid 1001 of user alice in the spec. Give it one of its own."],
  );
});

test("role user, enabled and no group are what a user gets who says nothing", () => {
  const [user] = wantedUsers(aServer({ users: [{ name: "alice" }] }), new Map([["alice", password]]));
  assert.deepEqual(user, { name: "alice", role: "user", enabled: true, groups: [], password });
});

test("users made by hand are not looked at; those that were declared once are told as kept", () => {
  const users = ["alice", "bob", "by-hand"].map((name) => ({ ...live, name }));
  const all = aLiveDittoFs({ users, appliedPasswords: new Map([...applied, ["bob", "d"], ["gone", "d"]]) });
  assert.deepEqual(
    userChanges([alice], [], all).map(({ name }) => name),
    ["alice"],
  );
  assert.deepEqual(keptUsers([alice], all), ["bob"]);
});
