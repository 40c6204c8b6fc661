import assert from "node:assert/strict";
import { test } from "node:test";
import { childLabels } from "./labels.ts";
import { noChildren } from "./no-children.ts";
import { plan } from "./plan.ts";
import { aServer } from "./testing/a-server.ts";
import { aServingWorld } from "./testing/a-world.ts";
import type { World } from "./world.ts";

const fresh = (kind: string): string => `a generated ${kind} of at least 32 bytes`;
const never = (kind: string): string => {
  throw new Error(`a second ${kind} was made`);
};
const withSecret = aServer({
  identity: {
    jwt: { secretRef: { name: "mine", key: "secret" }, accessTokenDuration: "15m", refreshTokenDuration: "168h" },
    admin: { username: "admin" },
  },
});

test("a new server is planned whole in one pass, credentials first and the StatefulSet last", () => {
  const names = plan(aServingWorld({ children: noChildren }), fresh).children.map(
    ({ kind, metadata }) => `${kind}/${metadata.name}`,
  );
  assert.deepEqual(names, [
    "Secret/files-jwt-secret",
    "Secret/files-admin-bootstrap-credentials",
    "ConfigMap/files-config",
    "Service/files-headless",
    "Service/files-api",
    "Service/files-adapter-nfs",
    "Service/files-adapter-smb",
    "NetworkPolicy/files-baseline",
    "StatefulSet/files",
  ]);
});

test("passwords of users come after the StatefulSet: one that cannot be made holds up no server", () => {
  const server = aServer({ users: [{ name: "alice" }] });
  const names = plan(aServingWorld({ server, children: noChildren }), fresh).children.map(
    ({ metadata }) => metadata.name,
  );
  assert.deepEqual(names.slice(-2), ["files", "files-user-alice"]);
});

test("credentials that exist are kept: no pass makes a second one", () => {
  const world = aServingWorld();
  assert.equal(plan(world, never).rolloutDigest, plan(world, fresh).rolloutDigest);
});

test("while a Secret is missing no StatefulSet is planned, so that a running pod stays as it is", () => {
  const missing = plan(aServingWorld({ server: withSecret, secrets: new Map([["mine", { kind: "absent" }]]) }), fresh);
  assert.ok(missing.children.every(({ kind }) => kind !== "StatefulSet"));
  assert.equal(missing.rolloutDigest, undefined);
  assert.deepEqual(
    missing.findings.map(({ reason }) => reason),
    ["SecretNotFound"],
  );
  assert.deepEqual(missing.removals, [], "what is not planned for lack of knowledge is not removed");
});

test("a protocol that is switched off loses its Service and nothing else", () => {
  const server = aServer({ smb: { enabled: false, port: 445, containerPort: 12_445 } });
  const { children } = aServingWorld();
  assert.deepEqual(
    plan(aServingWorld({ server, children }), fresh).removals.map(({ kind, name }) => `${kind}/${name}`),
    ["Service/files-adapter-smb"],
  );
});

test("a NetworkPolicy that is no longer wanted is removed", () => {
  const server = aServer({ networkPolicy: { enabled: false } });
  const { children } = aServingWorld();
  assert.deepEqual(
    plan(aServingWorld({ server, children }), fresh).removals.map(({ kind }) => kind),
    ["NetworkPolicy"],
  );
});

test("a load balancer that keeps one waiting is looked at again when the patience ends", () => {
  const world = aServingWorld();
  const services = world.children.services.map(({ status: _, ...service }) => service);
  const createdMs = Date.parse("2026-01-01T00:00:00Z");
  const early = aServingWorld({ children: { ...world.children, services }, nowMs: createdMs + 20_000 });
  assert.equal(plan(early, fresh).lookAgainMs, 101_000);
  assert.equal(plan({ ...early, nowMs: createdMs + 130_000 }, fresh).lookAgainMs, undefined);
  assert.equal(plan(world, fresh).lookAgainMs, undefined, "with an address there is nothing to wait for");
});

const grown = aServer({ storage: { accessMode: "ReadWriteOnce", controlPlaneSize: "2Gi", cacheSize: "1Gi" } });

test("a StatefulSet that is going away is not replaced, and what follows it is made from the spec", () => {
  const world = aServingWorld();
  const going = world.children.statefulSets.map((each) => ({
    ...each,
    metadata: { ...each.metadata, deletionTimestamp: "2026-01-01T00:00:00Z" },
  }));
  const children = { ...world.children, statefulSets: going };
  const planned = plan({ ...world, server: grown, children }, () => "a value of at least thirty-two bytes");
  assert.equal(planned.growth.replacement, undefined);
  const next = planned.children.find((child) => child.kind === "StatefulSet");
  assert.deepEqual(
    next?.spec?.volumeClaimTemplates?.map(({ metadata }) => metadata?.name),
    ["cache", "controlplane"],
  );
});

test("a class that does not exist holds up a StatefulSet that is to be made, and none that lives", () => {
  const world = { ...aServingWorld(), server: grown, storageClasses: [] };
  const kinds = (of: World) => plan(of, () => "a value of at least thirty-two bytes").children.map(({ kind }) => kind);
  assert.ok(kinds(world).includes("StatefulSet"));
  const without = { ...world, children: { ...world.children, statefulSets: [] } };
  assert.ok(!kinds(without).includes("StatefulSet"));
});

test("what has our labels, no owner and no name of a child is somebody's copy and stays", () => {
  const server = aServer();
  const copy = { metadata: { name: "files-copy", uid: "copy", labels: childLabels(server, "nfs") } };
  const world = aServingWorld({ server });
  const children = { ...world.children, services: [...world.children.services, copy] };
  assert.deepEqual(plan({ ...world, children }, fresh).removals, []);
});
