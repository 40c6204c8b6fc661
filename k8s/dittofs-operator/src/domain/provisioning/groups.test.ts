import assert from "node:assert/strict";
import { test } from "node:test";
import { aLiveDittoFs } from "../testing/a-live-dittofs.ts";
import { groupChanges, type WantedGroup } from "./groups.ts";
import type { LiveGroup } from "./live-dittofs.ts";

type Row = {
  readonly name: string;
  readonly wanted: WantedGroup;
  readonly live: readonly LiveGroup[];
  readonly calls: readonly unknown[];
  readonly what: string;
};

const rows: readonly Row[] = [
  {
    name: "a group that is missing is created",
    wanted: { name: "staff", gid: 2000, description: "All" },
    live: [],
    calls: [{ name: "createGroup", body: { name: "staff", gid: 2000, description: "All" } }],
    what: "created",
  },
  {
    name: "a group as wanted is not touched",
    wanted: { name: "staff", gid: 2000 },
    live: [{ name: "staff", gid: 2000, description: "by hand" }],
    calls: [],
    what: "",
  },
  {
    name: "only what differs is sent",
    wanted: { name: "staff", gid: 2001, description: "All" },
    live: [{ name: "staff", gid: 2000, description: "All" }],
    calls: [{ name: "updateGroup", body: { name: "staff", gid: 2001 } }],
    what: "gid 2000 -> 2001",
  },
  {
    name: "a description can be emptied by saying so",
    wanted: { name: "staff", description: "" },
    live: [{ name: "staff", description: "old" }],
    calls: [{ name: "updateGroup", body: { name: "staff", description: "" } }],
    what: "description changed",
  },
];

for (const { name, wanted, live, calls, what } of rows) {
  test(name, () => {
    const [change] = groupChanges([wanted], aLiveDittoFs({ groups: live }));
    assert.deepEqual([change?.calls, change?.what, change?.problem], [calls, what, undefined]);
  });
}

test("groups that the spec does not name are not looked at", () => {
  const live = aLiveDittoFs({ groups: [{ name: "by-hand", description: "" }] });
  assert.deepEqual(groupChanges([], live), []);
});
