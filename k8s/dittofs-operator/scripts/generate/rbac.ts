import { Document, type Node } from "yaml";
import { type Permission, permissions } from "../../src/controller/resources.ts";

/** Where the operator runs unless an overlay says otherwise. */
export const OPERATOR_NAMESPACE = "dittofs-system";
export const SERVICE_ACCOUNT = "dittofs-operator";
const LEADER_ELECTION = `${SERVICE_ACCOUNT}-leader-election`;
const RBAC = "rbac.authorization.k8s.io";

export type Role = {
  readonly kind: "ClusterRole" | "Role";
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly permissions: readonly Permission[];
};

/** The roles that the table of permissions makes; `scope` decides which of them a permission goes to. */
export function roles(table: readonly Permission[] = permissions): readonly Role[] {
  return [
    {
      kind: "ClusterRole",
      metadata: { name: SERVICE_ACCOUNT },
      permissions: table.filter((permission) => permission.scope !== "ownNamespace"),
    },
    leaderElection(table),
  ];
}

/** The roles of an operator that serves its own namespace alone; each other one that it serves needs the first of them too. */
export function namespacedRoles(table: readonly Permission[] = permissions): readonly Role[] {
  return [
    {
      kind: "Role",
      metadata: { name: SERVICE_ACCOUNT, namespace: OPERATOR_NAMESPACE },
      permissions: table.filter((permission) => permission.scope === "servedNamespaces"),
    },
    leaderElection(table),
  ];
}

function leaderElection(table: readonly Permission[]): Role {
  return {
    kind: "Role",
    metadata: { name: LEADER_ELECTION, namespace: OPERATOR_NAMESPACE },
    permissions: table.filter((permission) => permission.scope === "ownNamespace"),
  };
}

/** A role in YAML, with the reason above each rule. */
export function roleDocument(role: Role): Document {
  const document = new Document({
    apiVersion: `${RBAC}/v1`,
    kind: role.kind,
    metadata: role.metadata,
    rules: [],
  });
  const rules = role.permissions.map(({ group, plural, verbs, why }) => {
    const rule: Node = document.createNode({ apiGroups: [group], resources: [plural], verbs });
    rule.commentBefore = ` ${why}`;
    return rule;
  });
  document.set("rules", document.createNode(rules));
  return document;
}

/** Who gets the roles. */
export function bindings(of: readonly Role[] = roles()): readonly object[] {
  const subjects = [{ kind: "ServiceAccount", name: SERVICE_ACCOUNT, namespace: OPERATOR_NAMESPACE }];
  return of.map(({ kind, metadata }) => ({
    apiVersion: `${RBAC}/v1`,
    kind: `${kind}Binding`,
    metadata,
    roleRef: { apiGroup: RBAC, kind, name: metadata.name },
    subjects,
  }));
}

/** As whom the operator's pod speaks to the API server. */
export const serviceAccount = {
  apiVersion: "v1",
  kind: "ServiceAccount",
  metadata: { name: SERVICE_ACCOUNT, namespace: OPERATOR_NAMESPACE },
} as const;
