import assert from "node:assert/strict";
import { test } from "node:test";
import type { StatefulSet } from "kubernetes-types/apps/v1";
import type { ChildOutcome } from "../child-outcome.ts";
import { anAnswer, aPass, aReadyPod, aServingWorld } from "../testing/a-world.ts";
import { isPodOutdated } from "./is-pod-outdated.ts";

const { children } = aServingWorld();
const [live] = children.statefulSets;
assert.ok(live);
const pod = aReadyPod();
const podOf = (revision: string) => ({
  ...pod,
  metadata: { ...pod.metadata, labels: { "controller-revision-hash": revision } },
});
const applied = (paths: readonly string[], created = false): ChildOutcome => ({
  kind: "StatefulSet",
  name: "files",
  result: { kind: "applied", paths, created },
});

type Row = {
  readonly name: string;
  readonly statefulSet?: StatefulSet;
  readonly revision?: string;
  readonly outcomes?: readonly ChildOutcome[];
  readonly after: boolean;
  readonly because: string;
};

const rows: readonly Row[] = [
  { name: "a pod of the present revision is up to date", after: false, because: "it read what the spec says" },
  {
    name: "a pod of an earlier revision is not",
    revision: "before",
    after: true,
    because: "it is about to be replaced",
  },
  {
    name: "nor is any pod while the controller has not seen the new template",
    statefulSet: { ...live, metadata: { ...live.metadata, generation: 2 } },
    after: true,
    because: "its status is about the earlier template",
  },
  {
    name: "nor in the very pass that changed the template",
    outcomes: [applied(["spec.template.metadata.annotations.x"])],
    after: true,
    because: "the world was read before the write",
  },
  {
    name: "a change beside the template leaves it up to date",
    outcomes: [applied(["spec.replicas"])],
    after: false,
    because: "no pod is replaced for it",
  },
  {
    name: "a StatefulSet that was made again takes the running pod back",
    statefulSet: { ...live, status: { replicas: 0 } },
    after: false,
    because: "growing a volume interrupts nobody",
  },
];

test("nor is a pod that is ended for what its process was told", () => {
  const pass = aPass(aServingWorld({ dittofs: anAnswer({ outdated: "a setting of share /a changed" }) }));
  assert.equal(isPodOutdated(pass), true, "Ready would be about the process that goes");
});

for (const { name, statefulSet = live, revision = "a", outcomes = [], after, because } of rows) {
  test(name, () => {
    const world = aServingWorld({ children: { ...children, statefulSets: [statefulSet] }, pod: podOf(revision) });
    assert.equal(isPodOutdated(aPass(world, outcomes)), after, because);
  });
}
