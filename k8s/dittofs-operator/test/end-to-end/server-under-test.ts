import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { StatefulSet } from "kubernetes-types/apps/v1";
import type { Pod, Secret } from "kubernetes-types/core/v1";
import { parse } from "yaml";
import type { Endpoint } from "../../src/api/status.ts";
import type { KubernetesObject } from "../../src/runtime/kubernetes-api.ts";
import { isReady } from "../acceptance/until-ready.ts";
import type { ClusterClient } from "../cluster/cluster-client.ts";
import { condition } from "../cluster/condition.ts";
import type { ObjectRef } from "../cluster/object-ref.ts";
import { type ServedShare, servedShares } from "./dittofs-rest.ts";
import { namespace } from "./installed-lab.ts";
import { kubectl } from "./kubectl.ts";
import { untilReached } from "./until-reached.ts";

type Spec = Readonly<Record<string, unknown>>;

const sampleFile = fileURLToPath(new URL("../../config/samples/minimal.yaml", import.meta.url));

/** One server of the tests' namespace, with what belongs to it. */
export class ServerUnderTest {
  readonly ref: ObjectRef;
  readonly pod: ObjectRef;
  readonly statefulSet: ObjectRef;
  readonly #cluster: ClusterClient;
  readonly #name: string;

  constructor(cluster: ClusterClient, name: string) {
    this.#cluster = cluster;
    this.#name = name;
    this.ref = { apiVersion: "dittofs.dittofs.com/v1alpha1", kind: "DittoServer", namespace, name };
    this.pod = { apiVersion: "v1", kind: "Pod", namespace, name: `${name}-0` };
    this.statefulSet = { apiVersion: "apps/v1", kind: "StatefulSet", namespace, name };
  }

  /** Creates it as the ten-line sample with these fields besides, and waits until it is settled. */
  async create(spec: Spec = {}): Promise<void> {
    const sample = parse(readFileSync(sampleFile, "utf8")) as KubernetesObject & { spec: Spec }; // other tests check it
    const metadata = { name: this.#name, namespace };
    await this.#cluster.apply({ ...sample, metadata, spec: { ...sample.spec, ...spec } });
    await this.untilSettled();
  }

  async change(spec: Spec): Promise<void> {
    await this.#cluster.patch(this.ref, { spec });
  }

  /** Waits until it is Ready for its present generation. */
  async untilReady(): Promise<void> {
    await this.#cluster.until(this.ref, { what: "Ready", holds: isReady });
  }

  /** Waits until it is Ready and nothing is under way any more. */
  async untilSettled(): Promise<void> {
    const holds = (object: KubernetesObject): boolean =>
      isReady(object) && condition(object, "Progressing")?.status === "False";
    await this.#cluster.until(this.ref, { what: "settled", holds });
  }

  /** Waits until a pod other than that one is ready and the server settled; answers the new pod's uid. */
  async untilRestarted(podUid: string): Promise<string> {
    const holds = (object: KubernetesObject): boolean =>
      object.metadata.uid !== podUid && condition(object, "Ready")?.status === "True";
    await this.#cluster.until(this.pod, { what: "another and ready", holds });
    await this.untilSettled();
    return await this.podUid();
  }

  async untilCondition(type: string, status: string, reason: string): Promise<KubernetesObject> {
    const what = `${type}=${status}/${reason}`;
    const holds = (object: KubernetesObject): boolean => {
      const found = condition(object, type);
      return found?.status === status && found.reason === reason;
    };
    return await this.#cluster.until(this.ref, { what, holds });
  }

  /** What its events of that reason say. */
  async notes(reason: string): Promise<readonly string[]> {
    const events = await this.#cluster.list({ apiVersion: "events.k8s.io/v1", kind: "Event" }, { namespace });
    return events.flatMap((event) => {
      const isIts = event["reason"] === reason && (event["regarding"] as { name: string }).name === this.#name; // an event's
      return isIts ? [String(event["note"])] : [];
    });
  }

  async podUid(): Promise<string> {
    return (await this.#read<Pod>(this.pod)).metadata?.uid ?? "";
  }

  async readStatefulSet(): Promise<StatefulSet> {
    return await this.#read<StatefulSet>(this.statefulSet);
  }

  /** How many pod templates its StatefulSet has had. */
  async revisionCount(): Promise<number> {
    const all = await this.#cluster.list({ apiVersion: "apps/v1", kind: "ControllerRevision" }, { namespace });
    return all.filter(({ metadata }) => metadata.ownerReferences?.some(({ name }) => name === this.#name)).length;
  }

  async adminPassword(): Promise<string> {
    const name = `${this.#name}-admin-bootstrap-credentials`;
    const { data } = await this.#read<Secret>({ apiVersion: "v1", kind: "Secret", namespace, name });
    return Buffer.from(data?.["password"] ?? "", "base64").toString("utf8");
  }

  async endpoints(): Promise<readonly Endpoint[]> {
    return (await this.#read<{ status: { endpoints: readonly Endpoint[] } }>(this.ref)).status.endpoints;
  }

  /** What its REST API shows at the address in its status. */
  async servedShares(): Promise<readonly ServedShare[]> {
    const api = (await this.endpoints()).find(({ protocol }) => protocol === "api");
    if (api === undefined) throw new Error(`${this.#name} has no endpoint of its REST API`);
    await untilReached(api);
    return await servedShares(api, await this.adminPassword());
  }

  /** Waits for what Kubernetes removes after its owner. */
  async untilOwnedGone(): Promise<void> {
    for (const service of ["headless", "api", "adapter-nfs", "adapter-smb"])
      await this.#untilGone("v1", "Service", service);
    await this.#untilGone("v1", "ConfigMap", "config");
    await this.#untilGone("networking.k8s.io/v1", "NetworkPolicy", "baseline");
  }

  /** What carries its label, as `kind/name`. */
  async left(): Promise<readonly string[]> {
    const kinds = "all,configmaps,secrets,persistentvolumeclaims,networkpolicies";
    const names = await kubectl("get", kinds, "-n", namespace, "-l", `instance=${this.#name}`, "-o", "name");
    return names.split("\n").filter(Boolean).toSorted();
  }

  async #untilGone(apiVersion: string, kind: string, suffix: string): Promise<void> {
    await this.#cluster.untilGone({ apiVersion, kind, namespace, name: `${this.#name}-${suffix}` });
  }

  async #read<T>(ref: ObjectRef): Promise<T> {
    const object = await this.#cluster.get(ref);
    if (object === undefined) throw new Error(`${ref.kind} ${ref.name} is not there`);
    return object as T; // the API server's object of this kind
  }
}
