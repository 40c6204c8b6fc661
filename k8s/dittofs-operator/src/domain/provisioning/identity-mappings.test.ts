import assert from "node:assert/strict";
import { test } from "node:test";
import { aLiveDittoFs } from "../testing/a-live-dittofs.ts";
import { identityMappingChanges, mappingKey, ownMappings, type WantedIdentityMapping } from "./identity-mappings.ts";

const alice = { principal: "alice@R", user: "alice" };
const backup = { principal: "backup/h@R", user: "archive" };

const rows: readonly {
  readonly name: string;
  readonly wanted: readonly WantedIdentityMapping[];
  readonly live: readonly WantedIdentityMapping[];
  readonly applied?: readonly string[];
  readonly calls: readonly string[];
}[] = [
  { name: "a new mapping is made", wanted: [alice], live: [], calls: ["createIdentityMapping alice@R"] },
  { name: "one that is there is left alone", wanted: [alice], live: [alice], calls: [] },
  {
    name: "another user takes the place of the one before, because the server changes no mapping",
    wanted: [{ ...alice, user: "al" }],
    live: [alice],
    calls: ["removeIdentityMapping alice@R", "createIdentityMapping alice@R"],
  },
  {
    name: "one that the spec named and names no more is removed",
    wanted: [],
    live: [alice],
    applied: ["alice@R"],
    calls: ["removeIdentityMapping alice@R"],
  },
  { name: "one made by hand stays", wanted: [alice], live: [alice, backup], applied: ["alice@R"], calls: [] },
];

for (const { name, wanted, live, applied = [], calls } of rows) {
  test(name, () => {
    const changes = identityMappingChanges(
      wanted,
      aLiveDittoFs({
        identityMappings: { kind: "read", mappings: live },
        appliedMappings: new Set(applied.map(mappingKey)),
      }),
    );
    const made = changes.flatMap((change) => change.calls).map((call) => `${call.name} ${call.body.principal}`);
    assert.deepEqual(made, calls);
  });
}

test("mappings that cannot be read are not changed, and each says so", () => {
  const live = aLiveDittoFs({ identityMappings: { kind: "unreadable", message: "500." } });
  const [change] = identityMappingChanges([alice], live);
  assert.deepEqual([change?.calls, change?.problem], [[], "The identity mappings cannot be read: 500."]);
});

test("the operator's own are those that it names and those that it made; an empty list proves nothing", () => {
  const before = new Set([mappingKey(backup.principal)]);
  const own = (mappings: readonly WantedIdentityMapping[]) =>
    ownMappings([alice], { identityMappings: { kind: "read", mappings }, appliedMappings: before });
  assert.deepEqual(
    own([alice, backup, { principal: "bob@R", user: "bob" }]),
    new Set([alice, backup].map(({ principal }) => mappingKey(principal)).toSorted()),
  );
  assert.deepEqual(own([]), before);
});
