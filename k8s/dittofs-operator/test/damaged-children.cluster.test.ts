import assert from "node:assert/strict";
import { after, test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { childLabels } from "../src/domain/labels.ts";
import type { KubernetesObject } from "../src/runtime/kubernetes-api.ts";
import { damagesOf } from "./acceptance/damages.ts";
import { enterOperatedLab } from "./acceptance/operated-lab.ts";
import { dittoServer, sampleServer } from "./acceptance/sample-server.ts";
import { untilReady } from "./acceptance/until-ready.ts";
import { refOf } from "./cluster/object-ref.ts";
import { visible } from "./sweep/server-state.ts";

const { namespace } = dittoServer;
const name = "damaged";
const lab = await enterOperatedLab();
const { cluster, node } = lab;
const operator = await lab.startOperator();
after(async () => {
  await operator.stop();
  await node.stop();
});

const childKinds = [
  { apiVersion: "apps/v1", kind: "StatefulSet" },
  ...["NetworkPolicy", "Ingress"].map((kind) => ({ apiVersion: "networking.k8s.io/v1", kind })),
  ...["ConfigMap", "Secret", "Service"].map((kind) => ({ apiVersion: "v1", kind })),
];

/** Objects of others that look like the server's own, as copies would: its labels, and no owner. */
const lookalikes: readonly KubernetesObject[] = [
  { apiVersion: "v1", kind: "ConfigMap", data: { theirs: "yes" } },
  { apiVersion: "v1", kind: "Secret", data: { theirs: "eWVz" } },
  { apiVersion: "v1", kind: "Service", spec: { ports: [{ port: 80 }] } },
  { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", spec: { podSelector: {} } },
].map((object) => ({
  ...object,
  metadata: { name: `${name}-theirs`, namespace, labels: childLabels({ metadata: { name } }, "api") },
}));

test("every child that somebody damages becomes what it was, at the same pod, and what only looks like a child stays as it is", async (t) => {
  const spec = {
    controlPlane: { ingress: { enabled: true, host: "files.example.com" } },
    users: [{ name: "alice", uid: 1001 }],
  };
  await cluster.apply(sampleServer(name, spec));
  await untilReady(cluster, [name]);
  const lists = await Promise.all(
    childKinds.map((kind) => cluster.list(kind, { namespace, labelSelector: `instance=${name}` })),
  );
  const children = lists.flat();
  const strangers = await Promise.all(lookalikes.map((object) => cluster.create(object)));
  await lab.untilQuiet();

  const counts = await Promise.all(children.map(damageAndWait));
  t.diagnostic(`${counts.reduce((sum, count) => sum + count, 0)} damages to ${children.length} children`);
  await lab.untilQuiet();
  for (const stranger of strangers) assert.deepEqual(await cluster.get(refOf(stranger)), stranger);
  assert.equal(node.revisions(namespace, name).length, 1);
  await untilReady(cluster, [name]);
});

async function damageAndWait(child: KubernetesObject): Promise<number> {
  const ref = refOf(child);
  const whole = content(child);
  const damages = damagesOf(child.kind);
  for (const { what, patch } of damages) {
    const damaged = await cluster.patch(ref, patch);
    assert.notDeepEqual(content(damaged), whole, `${child.kind} ${child.metadata.name} ${what}: it was no damage`);
    const isWhole = (object: KubernetesObject): boolean => isDeepStrictEqual(content(object), whole);
    await cluster.until(ref, { what: `whole again after it ${what}`, holds: isWhole });
  }
  return damages.length;
}

/** Lists leave out the kind. */
function content(object: KubernetesObject): unknown {
  return visible({ ...object, apiVersion: "", kind: "" });
}
