import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Probe } from "kubernetes-types/core/v1";
import { certificateAuthority } from "../../src/kubernetes/testing/certificate.ts";
import { enterInstalledLab, namespace } from "./installed-lab.ts";
import { restartCounts } from "./restart-counts.ts";
import { ServerUnderTest } from "./server-under-test.ts";

const { cluster } = await enterInstalledLab();
const company = certificateAuthority("the company");

const pair = ({ cert, key }: { readonly cert: string; readonly key: string }) => ({
  "tls.crt": cert,
  "tls.key": key,
  "ca.crt": company.cert,
});

async function secret(name: string, stringData: Readonly<Record<string, string>>): Promise<void> {
  await cluster.apply({ apiVersion: "v1", kind: "Secret", metadata: { name, namespace }, stringData });
}

/** What the kubelet said about a server's pods that it would have started again. */
async function failedLiveness(name: string): Promise<readonly string[]> {
  const events = await cluster.list({ apiVersion: "events.k8s.io/v1", kind: "Event" }, { namespace });
  const notes = events.flatMap(
    ({ reason, regarding, note }) =>
      reason === "Unhealthy" && (regarding as { name: string }).name === `${name}-0` ? [String(note)] : [], // an event's
  );
  return notes.filter((note) => note.startsWith("Liveness"));
}

async function probeKinds(server: ServerUnderTest): Promise<readonly string[]> {
  const [container] = (await server.readStatefulSet()).spec?.template.spec?.containers ?? [];
  const kindOf = (probe: Probe | undefined): string =>
    probe?.tcpSocket === undefined ? (probe?.httpGet?.scheme ?? "none") : "port";
  return [container?.startupProbe, container?.readinessProbe, container?.livenessProbe].map(kindOf);
}

/** Each has a pod that the kubelet asks, as nobody but a kubelet does. */
describe("a server with certificates", { concurrency: true }, () => {
  test("is Ready with TLS, and with certificates of clients too, which the kubelet has none of", async () => {
    const server = new ServerUnderTest(cluster, "sealed");
    await secret("sealed-tls", pair(company.issue("sealed-api.team.svc")));
    await secret("sealed-clients", { "ca.crt": company.cert });
    await secret("sealed-operator", pair(company.issue("operator")));
    await server.create({ controlPlane: { certSecretName: "sealed-tls" } });
    assert.deepEqual(await probeKinds(server), ["HTTPS", "HTTPS", "HTTPS"]);
    const first = await server.podUid();
    const controlPlane = {
      certSecretName: "sealed-tls",
      clientCASecretName: "sealed-clients",
      operatorClientCertSecretName: "sealed-operator",
    };
    await server.change({ controlPlane });
    const second = await server.untilRestarted(first);
    assert.deepEqual(await probeKinds(server), ["port", "port", "port"]);
    await server.change({ controlPlane: { clientCASecretName: null, operatorClientCertSecretName: null } });
    await server.untilRestarted(second);
    assert.deepEqual(await probeKinds(server), ["HTTPS", "HTTPS", "HTTPS"]);
    const pod = await cluster.get(server.pod);
    assert.deepEqual(pod && restartCounts(pod), [0]);
    assert.deepEqual(await failedLiveness("sealed"), []);
  });

  test("serves NFS over TLS by one restart, and in clear again by another", async () => {
    const server = new ServerUnderTest(cluster, "hushed");
    await secret("hushed-tls", pair(company.issue("hushed-adapter-nfs.team.svc")));
    await server.create();
    const first = await server.podUid();
    await server.change({ nfs: { tls: { certSecretName: "hushed-tls", mode: "require" } } });
    const second = await server.untilRestarted(first);
    await server.change({ nfs: { tls: null } });
    await server.untilRestarted(second);
  });
});
