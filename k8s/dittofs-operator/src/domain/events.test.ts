import assert from "node:assert/strict";
import { test } from "node:test";
import type { ChildOutcome } from "./child-outcome.ts";
import { deeds, turns } from "./events.ts";
import { status } from "./status.ts";
import { aPass, aServingWorld } from "./testing/a-world.ts";
import type { World } from "./world.ts";

const ready = status(aPass(aServingWorld()));
const known = { ...aServingWorld().server, status: ready };
const applied = (kind: string, paths: readonly string[], created = false): ChildOutcome => ({
  kind,
  name: "files",
  result: { kind: "applied", paths, created },
});
const digest = "spec.template.metadata.annotations.dittofs.dittofs.com/rollout";

function told(before: Partial<World>, outcomes: readonly ChildOutcome[] = []): readonly string[] {
  const pass = aPass(aServingWorld(before), outcomes);
  return [...deeds(pass), ...turns(pass, status(pass))].map(({ type, reason, note }) => `${type} ${reason}: ${note}`);
}

test("a pass that changed nothing tells nothing", () => assert.deepEqual(told({ server: known }), []));

test("each step of a growth is told by its object", () => {
  assert.deepEqual(
    told({ server: known }, [
      { kind: "PersistentVolumeClaim", name: "content-files-0", result: { kind: "grown", from: "1Gi", to: "2Gi" } },
      { kind: "StatefulSet", name: "files", result: { kind: "replacing" } },
    ]),
    [
      "Normal VolumeGrowth: PersistentVolumeClaim content-files-0 grows from 1Gi to 2Gi, as spec.storage asks.",
      "Normal StatefulSetReplaced: StatefulSet files is made anew for the volumes that spec.storage asks for; its pod runs on.",
    ],
  );
});

test("waiting for a StatefulSet that somebody lets go of is no step of ours", () => {
  assert.deepEqual(
    told({ server: known }, [{ kind: "StatefulSet", name: "files", result: { kind: "beingReplaced" } }]),
    [],
  );
});

test("becoming Ready is told once", () => {
  assert.deepEqual(told({}), ["Normal Ready: Clients can mount now."]);
});

test("the cause of a restart is told: the configuration file", () => {
  assert.deepEqual(
    told({ server: known }, [applied("ConfigMap", ["data.config.yaml"]), applied("StatefulSet", [digest])]),
    ["Normal Rollout: The file server restarts once, because its configuration file changed."],
  );
});

test("the cause of a restart is told: a Secret", () => {
  assert.match(
    told({ server: known }, [applied("StatefulSet", [digest])]).join(),
    /a Secret that it reads at start changed/,
  );
});

test("the cause of a restart is told: the pod itself", () => {
  assert.match(
    told({ server: known }, [applied("StatefulSet", ["spec.template.spec.containers[name=dittofs].image"])]).join(),
    /its pod changed \(spec.template.spec.containers/,
  );
});

test("the cause of a restart is told: somebody asked for it", () => {
  const path = "spec.template.metadata.annotations.dittofs.dittofs.com/restarted-at";
  assert.match(
    told({ server: known }, [applied("StatefulSet", [path])]).join(),
    /its annotation restarted-at asks for it/,
  );
});

test("the first start is no restart", () => {
  assert.deepEqual(told({ server: known }, [applied("StatefulSet", [digest], true)]), []);
});

test("a change beside the pod template is no restart", () => {
  assert.deepEqual(told({ server: known }, [applied("StatefulSet", ["metadata.labels.app"])]), []);
});

test("an API that stops answering is told once, not at every pass", () => {
  const unreachable = { kind: "unreachable", sinceMs: 0, message: "connection refused." } as const;
  assert.match(told({ server: known, dittofs: unreachable }).join(), /^Warning ApiUnreachable/);
  const after = status(aPass(aServingWorld({ server: known, dittofs: unreachable })));
  assert.deepEqual(told({ server: { ...known, status: after }, dittofs: unreachable }), []);
});

test("what belongs to every start is not told as a warning", () => {
  assert.deepEqual(
    told({ server: { ...known, status: {} }, claims: [], dittofs: { kind: "notAsked", because: "podChanged" } }),
    [],
  );
});

test("falling back to node ports is told once, with what to do", () => {
  const { children } = aServingWorld();
  const services = children.services.map(({ status: _, ...service }) => service);
  const pending = { children: { ...children, services } };
  assert.match(told({ server: known, ...pending }).join(), /^Warning NodePortFallback: .*status.endpoints/);
  const after = status(aPass(aServingWorld({ server: known, ...pending })));
  assert.deepEqual(told({ server: { ...known, status: after }, ...pending }), []);
});
