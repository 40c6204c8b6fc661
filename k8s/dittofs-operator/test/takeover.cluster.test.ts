import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { StatefulSet } from "kubernetes-types/apps/v1";
import type { Secret, Service } from "kubernetes-types/core/v1";
import { enterOperatedLab } from "./acceptance/operated-lab.ts";
import { serverRef } from "./acceptance/sample-server.ts";
import { isReady } from "./acceptance/until-ready.ts";
import { requestCounts } from "./cluster/audited-requests.ts";
import type { ObjectRef } from "./cluster/object-ref.ts";
import { makeAsGoOperator } from "./takeover/earlier-operator.ts";

const lab = await enterOperatedLab();
const { cluster, node } = lab;
after(async () => await node.stop());

const namespace = "default";
const ref = (apiVersion: string, kind: string, name: string): ObjectRef => ({ apiVersion, kind, namespace, name });
const serviceNames = ["files-headless", "files-api", "files-adapter-nfs", "files-adapter-smb"];
const secretNames = ["files-jwt-secret", "files-admin-bootstrap-credentials"];

async function services(): Promise<readonly Service[]> {
  const read = serviceNames.map(async (name) => await cluster.get(ref("v1", "Service", name)));
  return (await Promise.all(read)) as unknown as readonly Service[]; // of that kind
}

async function identities(): Promise<Readonly<Record<string, unknown>>> {
  const entries = (await services()).map(({ metadata, spec }) => {
    return [metadata?.name ?? "", { uid: metadata?.uid, clusterIP: spec?.clusterIP }] as const;
  });
  return Object.fromEntries(entries);
}

async function secretData(): Promise<unknown> {
  const read = secretNames.map(async (name) => await cluster.get(ref("v1", "Secret", name)));
  return ((await Promise.all(read)) as unknown as readonly Secret[]).map(({ data }) => data); // of that kind
}

async function claimUids(): Promise<readonly string[]> {
  const claims = await cluster.list({ apiVersion: "v1", kind: "PersistentVolumeClaim" }, { namespace });
  return claims.map(({ metadata }) => `${metadata.name} ${metadata.uid}`).toSorted();
}

const statefulSet = async (): Promise<StatefulSet> =>
  (await cluster.get(ref("apps/v1", "StatefulSet", "files"))) as unknown as StatefulSet; // of that kind
const revisions = (): number => node.revisions(namespace, "files").length;

test("what the Go operator made is taken over: one restart, the same addresses, passwords and claims, and nothing of it left", async (t) => {
  await makeAsGoOperator(cluster.connection, "files", {
    image: "marmos91c/dittofs:v0.29.0",
    storage: { metadataSize: "5Gi", contentSize: "20Gi", controlPlaneSize: "1Gi" },
    service: {},
    adapterServices: { type: "NodePort" },
    adapterDiscovery: { pollingInterval: "30s" },
    database: { type: "sqlite", sqlite: { path: "/data/controlplane/controlplane.db" } },
    controlPlane: { port: 8080, tls: false },
    identity: { type: "memory", jwt: { accessTokenDuration: "15m", refreshTokenDuration: "168h" } },
    nfs: { port: 12_049 },
  });
  const pod = ref("v1", "Pod", "files-0");
  await cluster.until(pod, { what: "ready", holds: isPodReady });
  const before = { services: await identities(), secrets: await secretData(), claims: await claimUids() };
  const nodePort = async () => (await services())[2]?.spec?.ports?.find(({ port }) => port === 12_049)?.nodePort;
  const nodePortBefore = await nodePort();
  assert.equal(revisions(), 1);

  const mark = await lab.audit.mark();
  const operator = await lab.startOperator();
  try {
    await operator.untilActing();
    await cluster.until(serverRef("files"), { what: "Ready", holds: isReady });
    await lab.untilQuiet();
    t.diagnostic(JSON.stringify(requestCounts(await lab.operatorRequests(mark))));

    assert.equal(revisions(), 2, "one new template, and so one restart");
    assert.deepEqual(await identities(), before.services);
    assert.equal(await nodePort(), nodePortBefore, "a port that stays keeps its node port");
    assert.deepEqual(await secretData(), before.secrets);
    assert.deepEqual(await claimUids(), before.claims);
    await assertNothingLeft();

    const rest = await lab.audit.mark();
    await cluster.patch(serverRef("files"), { metadata: { annotations: { note: "look again" } } });
    await lab.untilQuiet();
    const writes = (await lab.operatorRequests(rest)).filter(({ verb }) => !["get", "list", "watch"].includes(verb));
    assert.deepEqual(
      writes.filter(({ resource }) => resource !== "leases"),
      [],
      "a second look writes nothing",
    );
  } finally {
    await operator.stop();
  }
});

function isPodReady(object: object): boolean {
  const { status } = object as { status?: { conditions?: readonly { type: string; status: string }[] } }; // a pod
  return status?.conditions?.some(({ type, status: is }) => type === "Ready" && is === "True") === true;
}

async function assertNothingLeft(): Promise<void> {
  const template = (await statefulSet()).spec?.template;
  const container = template?.spec?.containers[0];
  assert.deepEqual(
    container?.ports?.map(({ name }) => name),
    ["api", "nfs", "smb"],
  );
  assert.deepEqual(
    container?.env?.map(({ name }) => name),
    ["DITTOFS_CONTROLPLANE_SECRET", "DITTOFS_ADMIN_INITIAL_PASSWORD"],
  );
  assert.equal(template?.metadata?.annotations?.["dittofs.io/config-hash"], undefined);
  const [, , nfs] = await services();
  assert.deepEqual(
    nfs?.spec?.ports?.map(({ name, port, protocol }) => `${name} ${port} ${protocol}`),
    ["nfs 12049 TCP"],
  );
  const policies = await cluster.list({ apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy" }, { namespace });
  assert.deepEqual(
    policies.map(({ metadata }) => metadata.name),
    ["files-baseline"],
  );
  const secret = await cluster.get(ref("v1", "Secret", "files-jwt-secret"));
  assert.equal(secret?.metadata.ownerReferences, undefined, "under Retain it outlives the server");
  const server = await cluster.get(serverRef("files"));
  assert.doesNotMatch(JSON.stringify(server?.["status"]), /Authenticated/);
}
