import type { DittoServer } from "../../api/ditto-server.ts";
import type { ClientsSeen } from "../../domain/deletion-hold.ts";
import type { DittoFsAnswered } from "../../domain/dittofs-seen.ts";
import { aServer } from "../../domain/testing/a-server.ts";
import { anAnswer } from "../../domain/testing/a-world.ts";
import type { DittoFs } from "../../outside.ts";
import type { KubernetesObject } from "../../runtime/kubernetes-api.ts";
import { ManualClock } from "../../runtime/manual-clock.ts";
import type { Outcome } from "../../runtime/outcome.ts";
import { RecordingLog } from "../../runtime/testing/recording-log.ts";
import { DittoFsAsker } from "../ask-dittofs.ts";
import { DittoFsFindings } from "../dittofs-findings.ts";
import { Drains } from "../drains.ts";
import type { OperatorParts } from "../operator-parts.ts";
import { type Session, Sessions } from "../provision/sessions.ts";
import { Reconciler } from "../reconcile.ts";
import { createSecretReader } from "../secret-reader.ts";
import type { FakeCluster } from "./fake-cluster.ts";
import { playKubernetes } from "./play-kubernetes.ts";

export const serverKey = "default/files";

/** An operator process over a fake cluster: its passes are made by hand. */
export function anOperator(
  cluster: FakeCluster,
  clock = new ManualClock(),
  dittofs = undefined as unknown as DittoFs, // most passes never call it
) {
  const asked: string[] = [];
  const events: string[] = [];
  const findings = new DittoFsFindings();
  let made = 0;
  const looks: string[] = [];
  const parts: Omit<OperatorParts, "drains"> = {
    servedKinds: new Set(["ServiceMonitor"] as const),
    namespaces: undefined,
    operatorNamespace: "dittofs-system",
    stores: cluster.stores,
    api: cluster,
    platform: "kubernetes",
    dittofs,
    dittofsAddress: undefined,
    operatorImage: "dittofs-operator:test",
    secretReader: createSecretReader(cluster),
    findings,
    sessions: new Sessions(),
    events: { record: ({ type, reason, note }) => void events.push(`${type} ${reason}: ${note}`) },
    clock,
    random: { fraction: () => 0.5, bytes: (count) => new Uint8Array(count).fill((made += 1)) },
    log: new RecordingLog(),
    askDittoFs: (key) => void asked.push(key),
    look: (key) => void looks.push(key),
  };
  const all = { ...parts, drains: new Drains(parts) };
  const [reconciler, asker] = [new Reconciler(all), new DittoFsAsker(all)];
  const pass = async (): Promise<Outcome> => await reconciler.pass(serverKey, new AbortController().signal);
  /** The turn of a question. */
  const ask = async (): Promise<Outcome> => await asker.pass(serverKey, new AbortController().signal);
  /** Something about the pod has changed. */
  const seePod = (): void => asker.seePod(serverKey);
  const serverUid = (): string => cluster.find("DittoServer", "files")?.metadata.uid ?? "";
  const session = (): Session => parts.sessions.of(serverUid());
  const answerClients = (seen: ClientsSeen): void => parts.sessions.seeClients(serverUid(), seen, clock.monotonicMs());
  const answer = (changes: Partial<DittoFsAnswered> = {}): boolean =>
    findings.answer(serverKey, "pod-1/0", anAnswer(changes));
  return { pass, ask, seePod, session, asked, looks, events, findings, clock, answerClients, answer };
}

/** A DittoServer as the API server stores it, in JSON. */
export function storedServer(server: DittoServer = aServer({ shares: [{ name: "/export" }] })): KubernetesObject {
  return structuredClone(server);
}

/** What Kubernetes' own controllers and the node do once the StatefulSet is there. */
export function startPod(cluster: FakeCluster): void {
  if (cluster.find("StatefulSet", "files") === undefined) throw new Error("there is no StatefulSet to start");
  playKubernetes(cluster);
  for (const protocol of ["nfs", "smb"]) {
    const service = cluster.find("Service", `files-adapter-${protocol}`);
    if (service !== undefined)
      cluster.put({ ...service, status: { loadBalancer: { ingress: [{ ip: "10.252.0.7" }] } } });
  }
}
