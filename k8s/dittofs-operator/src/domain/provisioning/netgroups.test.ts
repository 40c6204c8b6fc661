import assert from "node:assert/strict";
import { test } from "node:test";
import { netgroupDifference, netgroupName } from "./netgroups.ts";

const [ten, lab] = ["10.0.0.0/8", "192.0.2.7/32"];
const group = (...values: readonly string[]) => [
  { name: "operator~a", members: values.map((value, index) => ({ id: `m${index}`, value })) },
  { name: "by-hand", members: [{ id: "other", value: "0.0.0.0/0" }] },
];

const rows: readonly {
  readonly name: string;
  readonly clients: readonly string[] | undefined;
  readonly live: ReturnType<typeof group>;
  readonly before?: readonly string[];
  readonly after?: readonly string[];
}[] = [
  { name: "a group with its members is not touched, in whatever order", clients: [lab, ten], live: group(ten, lab) },
  {
    name: "a missing group is made with its members before the share names it",
    clients: [ten, lab],
    live: [],
    before: ["createNetgroup operator~a", `addNetgroupMember ${ten}`, `addNetgroupMember ${lab}`],
  },
  {
    name: "a member is added before the one in its place goes, so that the group is never empty",
    clients: [lab],
    live: group(ten),
    before: [`addNetgroupMember ${lab}`, "removeNetgroupMember m0"],
  },
  {
    name: "a value that stands in it twice is kept once",
    clients: [ten],
    live: group(ten, ten, ten),
    before: ["removeNetgroupMember m1", "removeNetgroupMember m2"],
  },
  {
    name: "a group that is wanted no more goes after the share has let go of it",
    clients: undefined,
    live: group(ten),
    after: ["removeNetgroup operator~a"],
  },
  { name: "a group that was made by hand is left alone", clients: undefined, live: group().slice(1) },
];

for (const { name, clients, live, before = [], after = [] } of rows) {
  test(name, () => {
    const difference = netgroupDifference("/a", clients, live);
    const text = (calls: typeof difference.before): readonly string[] =>
      calls.map(
        (call) =>
          `${call.name} ${"value" in call.body ? call.body.value : "id" in call.body ? call.body.id : call.body.name}`,
      );
    assert.deepEqual(text(difference.before), before);
    assert.deepEqual(text(difference.after), after);
  });
}

test("no two shares have a netgroup of one name", () => {
  const names = ["/a/b", "/a-b", "/a.b", "/a", "/b"].map(netgroupName);
  assert.equal(new Set(names).size, names.length);
});
