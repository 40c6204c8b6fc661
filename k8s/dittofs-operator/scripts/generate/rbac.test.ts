import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "yaml";
import type { Permission } from "../../src/controller/resources.ts";
import { permissions } from "../../src/controller/resources.ts";
import { bindings, namespacedRoles, OPERATOR_NAMESPACE, roleDocument, roles, serviceAccount } from "./rbac.ts";

const table: readonly Permission[] = [
  { group: "", plural: "pods", verbs: ["list"], why: "where the server runs", scope: "servedNamespaces" },
  { group: "", plural: "persistentvolumes", verbs: ["list"], why: "whether some are mounted", scope: "cluster" },
  { group: "coordination.k8s.io", plural: "leases", verbs: ["get"], why: "one at a time", scope: "ownNamespace" },
];

test("a permission goes to the role of its scope and to no other", () => {
  const [cluster, own] = roles(table);
  assert.deepEqual(cluster?.permissions, [table[0], table[1]]);
  assert.deepEqual(own?.permissions, [table[2]]);
  assert.equal(cluster?.metadata.namespace, undefined);
  assert.equal(own?.metadata.namespace, OPERATOR_NAMESPACE);
});

test("an operator of its own namespace gets no right beyond it", () => {
  const [served, own] = namespacedRoles(table);
  assert.deepEqual([served?.kind, served?.metadata.namespace, own?.kind], ["Role", OPERATOR_NAMESPACE, "Role"]);
  assert.deepEqual(served?.permissions, [table[0]]);
  assert.deepEqual(own?.permissions, [table[2]]);
});

test("every permission of the operator is granted once", () => {
  const granted = roles().flatMap((role) => role.permissions);
  assert.deepEqual(granted.toSorted(byPlural), [...permissions].toSorted(byPlural));
});

test("no permission is a wildcard", () => {
  for (const { group, plural, verbs } of permissions) {
    assert.ok(![group, plural, ...verbs].some((word) => word.includes("*")), plural);
  }
});

test("a role says above each rule why it is there", () => {
  const [cluster] = roles(table);
  assert.ok(cluster !== undefined);
  const yaml = roleDocument(cluster).toString();
  assert.match(yaml, /# where the server runs\n/);
  assert.deepEqual(parse(yaml), {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRole",
    metadata: { name: "dittofs-operator" },
    rules: [
      { apiGroups: [""], resources: ["pods"], verbs: ["list"] },
      { apiGroups: [""], resources: ["persistentvolumes"], verbs: ["list"] },
    ],
  });
});

test("each role is bound to the operator's service account, a role within its namespace", () => {
  const subject = { kind: "ServiceAccount", ...serviceAccount.metadata };
  assert.deepEqual(
    bindings().map((binding) => ({ ...binding, apiVersion: undefined })),
    roles().map(({ kind, metadata }) => ({
      apiVersion: undefined,
      kind: `${kind}Binding`,
      metadata,
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind, name: metadata.name },
      subjects: [subject],
    })),
  );
});

function byPlural(left: Permission, right: Permission): number {
  return `${left.group}/${left.plural}`.localeCompare(`${right.group}/${right.plural}`);
}
