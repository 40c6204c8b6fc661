import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { StatefulSet } from "kubernetes-types/apps/v1";
import type { PersistentVolumeClaim, Pod } from "kubernetes-types/core/v1";
import type { Double, DoubleOptions } from "../../../double/start-double.ts";
import type { KubernetesObject } from "../../../src/runtime/kubernetes-api.ts";
import { ClusterError } from "../cluster-error.ts";
import { refOf } from "../object-ref.ts";
import type { ObjectRequests } from "../object-requests.ts";
import { type Contents, containerEnvironment } from "./container-environment.ts";
import { ContainerError } from "./container-error.ts";
import { makeContainerRoot } from "./container-root.ts";
import { startDoubleInPod } from "./double-in-pod.ts";
import { claimsOf, ownerOf, podOf } from "./pod-of.ts";
import { boundClaimStatus, type ContainerReport, podStatus, statefulSetStatus } from "./reported-status.ts";

type Requests = Pick<ObjectRequests, "get" | "create" | "patch" | "delete">;

/** What the fake node does to the cluster and to the servers that it runs. */
export class NodeEffects {
  readonly #cluster: Requests;
  readonly #folder: string;
  readonly #options: Partial<DoubleOptions>;
  readonly #claimUids = new Map<string, string>();
  readonly #addresses = new Map<string, string>();
  readonly #restarts = new Map<string, number>();
  readonly #doubles = new Map<string, Double>();

  constructor(cluster: Requests, folder: string, options: Partial<DoubleOptions>) {
    this.#cluster = cluster;
    this.#folder = folder;
    this.#options = options;
  }

  double(podUid: string | undefined): Double | undefined {
    return this.#doubles.get(podUid ?? "");
  }

  /** Undefined if it exists already. */
  async createPod(statefulSet: StatefulSet): Promise<Pod | undefined> {
    await Promise.all(claimsOf(statefulSet).map((claim) => this.#ensureClaim(claim)));
    const pod: unknown = await this.#created(asObject(podOf(statefulSet)));
    return pod as Pod | undefined; // what was created
  }

  /**
   * Unless the set is about to go, which its watch may not have told yet: a pod that it orphans and that is given back to it would be
   * collected with it. So the real controller looks too before it adopts.
   */
  async adoptPod(statefulSet: StatefulSet, pod: Pod): Promise<void> {
    const live = await this.#cluster.get(refOf(asObject(statefulSet)));
    if (live?.metadata.uid !== statefulSet.metadata?.uid || live?.metadata.deletionTimestamp !== undefined) return;
    await this.#cluster.patch(refOf(asObject(pod)), { metadata: { ownerReferences: [ownerOf(statefulSet)] } });
  }

  /** Gives a bound claim the size that it asks for. */
  async growClaim(claim: PersistentVolumeClaim): Promise<void> {
    const { requests } = claim.spec?.resources ?? {};
    const { phase, capacity } = claim.status ?? {};
    if (phase !== "Bound" || requests?.["storage"] === capacity?.["storage"]) return;
    await this.#cluster.patch(refOf(asObject(claim)), { status: { capacity: requests } }, "status");
  }

  async deletePod(pod: Pod): Promise<void> {
    await this.#cluster.delete(refOf(asObject(pod)));
  }

  /** Starts the server and reports the pod ready; what keeps it from starting is reported and thrown. */
  async startServer(pod: Pod): Promise<string> {
    const { uid } = asObject(pod).metadata;
    if (uid === undefined) throw new Error("a pod of the cluster has a uid");
    try {
      this.#doubles.set(uid, await this.#started(pod, uid));
    } catch (error) {
      if (error instanceof ContainerError) {
        await this.#report(pod, { kind: "waiting", reason: error.reason, message: error.message, restarts: 0 });
      }
      throw error;
    }
    const running = { address: this.#address(uid), startedAt: new Date().toISOString().replace(/\.\d+/, "") };
    await this.#report(pod, { kind: "running", ...running, restarts: this.#restarts.get(uid) ?? 0 });
    return uid;
  }

  async stopServer(podUid: string): Promise<void> {
    const double = this.#doubles.get(podUid);
    this.#doubles.delete(podUid);
    await double?.stop();
  }

  /** The server dies, and its container is reported as about to start again. */
  async crash(pod: Pod): Promise<void> {
    const uid = pod.metadata?.uid ?? "";
    const restarts = (this.#restarts.get(uid) ?? 0) + 1;
    this.#restarts.set(uid, restarts);
    await this.#doubles.get(uid)?.crash();
    this.#doubles.delete(uid);
    await this.#report(pod, { kind: "waiting", reason: "ContainerCreating", message: "", restarts });
  }

  async reportStatefulSet(statefulSet: StatefulSet, pod: Pod | undefined): Promise<void> {
    const status = statefulSetStatus(statefulSet, pod);
    await this.#cluster.patch(refOf(asObject(statefulSet)), { status }, "status");
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.#doubles.keys()].map((uid) => this.stopServer(uid)));
  }

  /** Brings what the pod mounts to what it is now, as a kubelet does from time to time; answers the container's root. */
  async mount(pod: Pod, contents = this.#contentsOf(pod)): Promise<string> {
    const [container] = pod.spec?.containers ?? [];
    const { namespace = "", uid = "" } = pod.metadata ?? {};
    if (container === undefined) throw new Error("a pod has a container");
    const root = join(this.#folder, "pods", uid);
    const claimFolder = (claim: string): string =>
      join(this.#folder, "claims", this.#claimUids.get(`${namespace}/${claim}`) ?? claim);
    await makeContainerRoot(root, { pod, container }, { contents, claimFolder });
    return root;
  }

  async #started(pod: Pod, uid: string): Promise<Double> {
    const [container] = pod.spec?.containers ?? [];
    const { namespace = "", name = "" } = pod.metadata ?? {};
    if (container === undefined) throw new Error("a pod has a container");
    const contents = this.#contentsOf(pod);
    const root = await this.mount(pod, contents);
    const env = await containerEnvironment(container, contents);
    const args = container.args ?? [];
    const databaseFolder = join(this.#folder, "databases", namespace, name);
    mkdirSync(databaseFolder, { recursive: true });
    return await startDoubleInPod(
      { address: this.#address(uid), root, env, args },
      { ...this.#options, databaseFolder },
    );
  }

  async #ensureClaim(claim: PersistentVolumeClaim): Promise<void> {
    const ref = refOf(asObject(claim));
    const isKnown = this.#claimUids.has(`${ref.namespace}/${ref.name}`);
    const found = isKnown ? await this.#cluster.get(ref) : undefined;
    const live = found ?? (await this.#created(asObject(claim))) ?? (await this.#cluster.get(ref));
    this.#claimUids.set(`${ref.namespace}/${ref.name}`, live?.metadata.uid ?? "");
    const { phase } = (live?.["status"] ?? {}) as { phase?: string }; // of a claim
    if (phase !== "Bound") {
      await this.#cluster.patch(ref, { status: boundClaimStatus(claim) }, "status");
    }
  }

  /** Undefined if it exists already. */
  async #created(object: KubernetesObject): Promise<KubernetesObject | undefined> {
    try {
      return await this.#cluster.create(object);
    } catch (error) {
      if (error instanceof ClusterError && error.status === 409) return undefined;
      throw error;
    }
  }

  async #report(pod: Pod, report: ContainerReport): Promise<void> {
    await this.#cluster.patch(refOf(asObject(pod)), { status: podStatus(pod, report) }, "status");
  }

  /** Reads each object once. */
  #contentsOf({ metadata }: Pod): Contents {
    const read = new Map<string, Promise<KubernetesObject | undefined>>();
    const data = async (kind: string, name: string): Promise<Readonly<Record<string, string>> | undefined> => {
      const { namespace = "" } = metadata ?? {};
      const reading = read.get(`${kind} ${name}`) ?? this.#cluster.get({ apiVersion: "v1", kind, namespace, name });
      read.set(`${kind} ${name}`, reading);
      const object = await reading;
      return object && ((object["data"] ?? {}) as Record<string, string>); // of a ConfigMap or Secret
    };
    return {
      configMap: (name) => data("ConfigMap", name),
      secret: async (name) => {
        const encoded = await data("Secret", name);
        const decoded = Object.entries(encoded ?? {}).map(([key, value]) => [
          key,
          Buffer.from(value, "base64").toString(),
        ]);
        return encoded && (Object.fromEntries(decoded) as Record<string, string>); // both parts are text
      },
    };
  }

  /** Every pod has one of its own, in the range that is local to the light form. */
  #address(podUid: string): string {
    const known = this.#addresses.get(podUid);
    if (known !== undefined) return known;
    const number = this.#addresses.size;
    const address = `10.244.${Math.floor(number / 250)}.${(number % 250) + 1}`;
    this.#addresses.set(podUid, address);
    return address;
  }
}

/** The generated types leave everything optional; what is in the cluster, or made here, has a kind and a name. */
function asObject(object: object): KubernetesObject {
  return object as KubernetesObject; // see above
}
