import { test } from "node:test";
import { customResourceDefinition } from "../../scripts/generate/crd.ts";
import type { StructuralSchema } from "../../scripts/generate/structural-schema.ts";
import type { Rule } from "../../src/api/schema/vocabulary.ts";
import { assertNone } from "../assert-none.ts";
import { changes } from "./changes.ts";
import { classChanges } from "./class-changes.ts";
import { databaseChanges, wrongDatabases } from "./databases.ts";
import { perconaChanges, wrongPercona } from "./percona.ts";
import { wrongCombinations } from "./wrong-combinations.ts";
import { wrongExposure } from "./wrong-exposure.ts";
import { wrongForms } from "./wrong-forms.ts";
import { wrongIdentity } from "./wrong-identity.ts";
import { wrongPeople } from "./wrong-people.ts";
import { wrongPodSettings } from "./wrong-pod-settings.ts";
import { wrongPods } from "./wrong-pods.ts";
import { wrongRemoteStores } from "./wrong-remote-stores.ts";
import { serviceChanges, wrongServices } from "./wrong-services.ts";
import { wrongSettings } from "./wrong-settings.ts";
import { wrongShares } from "./wrong-shares.ts";
import { wrongValues } from "./wrong-values.ts";

const schema: StructuralSchema = customResourceDefinition.spec.versions[0].schema.openAPIV3Schema;
const creations = [
  ...wrongForms,
  ...wrongValues,
  ...wrongPeople,
  ...wrongSettings,
  ...wrongExposure,
  ...wrongDatabases,
  ...wrongPercona,
  ...wrongRemoteStores,
  ...wrongPods,
  ...wrongPodSettings,
  ...wrongServices,
  ...wrongShares,
  ...wrongIdentity,
  ...wrongCombinations,
];
const expected = [
  ...creations,
  ...changes,
  ...classChanges,
  ...databaseChanges,
  ...perconaChanges,
  ...serviceChanges,
].flatMap(({ says = [] }) => says);

function rules(node: StructuralSchema): readonly Rule[] {
  const children = [node.items, node.additionalProperties, ...Object.values(node.properties ?? {})];
  const own = node["x-kubernetes-validations"] ?? [];
  return [...own, ...children.flatMap((child) => (child === undefined ? [] : rules(child)))];
}

test("a manifest that breaks it is tried for every rule", () => {
  const untried = rules(schema).filter(({ message }) => !expected.some((part) => message.includes(part)));
  assertNone(untried.map(({ message }) => message));
});

test("a change that breaks it is tried for every rule about changes", () => {
  const parts = [...changes, ...classChanges, ...databaseChanges, ...perconaChanges, ...serviceChanges].flatMap(
    ({ says = [] }) => says,
  );
  const transitions = rules(schema).filter(({ rule, optionalOldSelf }) => rule.includes("oldSelf") && !optionalOldSelf);
  const untried = transitions.filter(({ message }) => !parts.some((part) => message.includes(part)));
  assertNone(untried.map(({ message }) => message));
});

test("at least sixty bad manifests are tried", () => {
  assertNone([creations.length >= 60 ? undefined : `only ${creations.length}`]);
});
