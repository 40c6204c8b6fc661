import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { StatefulSet } from "kubernetes-types/apps/v1";
import type { PersistentVolumeClaim, Pod } from "kubernetes-types/core/v1";
import type { Double, DoubleOptions } from "../../../double/start-double.ts";
import type { KubernetesObject } from "../../../src/runtime/kubernetes-api.ts";
import type { Lab } from "../lab.ts";
import type { KindRef } from "../object-ref.ts";
import { keyedRunner } from "./keyed-runner.ts";
import { type Known, nextStep } from "./next-step.ts";
import { NodeEffects } from "./node-effects.ts";
import { revisionOf } from "./pod-of.ts";

/**
 * A light lab for a fake node. What it plays itself must not run, and what no test needs takes a quarter of the time that such a lab has
 * at rest. Tests without a fake node take this lab too: programs leave labs only to those that want the same.
 */
export const fakeNodeLab = {
  controllers: [
    "clusterrole-aggregation-controller",
    "garbage-collector-controller",
    "namespace-controller",
    "persistentvolumeclaim-protection-controller",
    "root-ca-certificate-publisher-controller",
    "serviceaccount-controller",
  ].join(","),
  hasKind: true,
} as const; // a constant

const nothing: Known = { statefulSet: undefined, pod: undefined, runningFor: undefined, backsOff: false };
const claims = { apiVersion: "v1", kind: "PersistentVolumeClaim" };
const backOffMs = 1000;

/**
 * Plays StatefulSet controller, volume binder and kubelet in the light form, for sets of one pod: pods are objects with an address
 * each, and what would run in them are DittoFS doubles in this process.
 */
export class FakeNode {
  readonly #lab: Lab;
  readonly #folder: string;
  readonly #effects: NodeEffects;
  readonly #known = new Map<string, Known>();
  /** Pods that are gone, by uid. */
  readonly #gone = new Set<string>();
  readonly #revisions = new Map<string, readonly string[]>();
  readonly #restarts = new Map<string, number>();
  readonly #end = new AbortController();
  readonly #runner = keyedRunner((key) => this.#settle(key));
  readonly #following: readonly Promise<void>[];

  /** Starts at once; `options` are for all doubles. */
  constructor(lab: Lab, options: Partial<DoubleOptions> = {}) {
    this.#lab = lab;
    this.#folder = mkdtempSync(join(lab.directory, "fake-node-"));
    this.#effects = new NodeEffects(lab.cluster, this.#folder, options);
    this.#following = [
      this.#follow({ apiVersion: "apps/v1", kind: "StatefulSet" }, (key, object) => {
        const statefulSet = object as StatefulSet | undefined; // the watch is of this kind
        this.#update(key, { statefulSet });
        if (statefulSet !== undefined) this.#remember(key, revisionOf(statefulSet));
      }),
      this.#follow({ apiVersion: "v1", kind: "Pod" }, (key, object) => {
        if (object === undefined) this.#noteEnd(key);
        this.#update(key, { pod: object as Pod | undefined }); // the watch is of this kind
      }),
      this.#growClaims(),
    ];
  }

  /** The double of a StatefulSet's pod while it runs: its state, its requests, its faults. */
  double(namespace: string, statefulSet: string): Double | undefined {
    return this.#effects.double(this.#known.get(`${namespace}/${statefulSet}`)?.pod?.metadata?.uid);
  }

  /** The revisions that the StatefulSet has had, in order: more than one means that its server was restarted. */
  revisions(namespace: string, statefulSet: string): readonly string[] {
    return this.#revisions.get(`${namespace}/${statefulSet}`) ?? [];
  }

  /** How often a pod has ended that its StatefulSet still wanted, for whatever reason, so that another one followed. */
  restarts(namespace: string, statefulSet: string): number {
    return this.#restarts.get(`${namespace}/${statefulSet}`) ?? 0;
  }

  /** The pod's server dies and starts again on the same volumes, at the same address. */
  async crash(namespace: string, statefulSet: string): Promise<void> {
    const key = `${namespace}/${statefulSet}`;
    const pod = this.#known.get(key)?.pod;
    if (pod === undefined) throw new Error(`there is no pod of ${key}`);
    await this.#effects.crash(pod);
    this.#update(key, { runningFor: undefined });
    this.#runner.ask(key);
  }

  /** Secrets and ConfigMaps appear in the pod as they are now. */
  async renewFiles(namespace: string, statefulSet: string): Promise<void> {
    const pod = this.#known.get(`${namespace}/${statefulSet}`)?.pod;
    if (pod === undefined) throw new Error(`there is no pod of ${namespace}/${statefulSet}`);
    await this.#effects.mount(pod);
  }

  async stop(): Promise<void> {
    this.#end.abort();
    await Promise.all(this.#following);
    await this.#runner.idle();
    await this.#effects.stopAll();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #follow(kind: KindRef, take: (key: string, object: KubernetesObject | undefined) => void): Promise<void> {
    for await (const event of this.#lab.cluster.events(kind, this.#end.signal)) {
      const key = event.type === "synced" ? undefined : keyOf(event.object);
      if (event.type === "synced" || key === undefined) continue;
      take(key, event.type === "present" ? event.object : undefined);
      this.#runner.ask(key);
    }
  }

  async #growClaims(): Promise<void> {
    for await (const event of this.#lab.cluster.events(claims, this.#end.signal)) {
      if (event.type !== "present") continue;
      // One that is gone meanwhile needs no volume.
      await this.#effects.growClaim(event.object as unknown as PersistentVolumeClaim).catch(() => undefined); // of that kind
    }
  }

  /** One step; the watches, or what it changed, bring the next. After a failure it waits, as every controller does. */
  async #settle(key: string): Promise<void> {
    if (this.#end.signal.aborted) return;
    try {
      const changes = await this.#step(key, this.#known.get(key) ?? nothing);
      if (changes === undefined) return;
      this.#update(key, changes);
      this.#runner.ask(key);
    } catch {
      this.#update(key, { backsOff: true });
      setTimeout(() => {
        this.#update(key, { backsOff: false });
        this.#runner.ask(key);
      }, backOffMs).unref();
    }
  }

  async #step(key: string, known: Known): Promise<Partial<Known> | undefined> {
    const next = nextStep(known);
    switch (next.kind) {
      case "createPod":
        return this.#unlessTold(key, await this.#effects.createPod(next.statefulSet));
      case "adoptPod":
        await this.#effects.adoptPod(next.statefulSet, next.pod);
        return undefined;
      case "deletePod":
        await this.#effects.deletePod(next.pod);
        return undefined;
      case "startServer":
        return { runningFor: await this.#effects.startServer(next.pod) };
      case "stopServer":
        await this.#effects.stopServer(next.podUid);
        return { runningFor: undefined };
      case "reportStatefulSet":
        await this.#effects.reportStatefulSet(next.statefulSet, next.pod);
        return undefined;
      case "rest":
        return undefined;
    }
  }

  #update(key: string, changes: Partial<Known>): void {
    this.#known.set(key, { ...nothing, ...this.#known.get(key), ...changes });
  }

  /** A pod that was made is known at once, so that it is not made again; but its watch may have told more of it already. */
  #unlessTold(key: string, pod: Pod | undefined): Partial<Known> | undefined {
    const isTold = this.#known.get(key)?.pod !== undefined || this.#gone.has(pod?.metadata?.uid ?? "");
    return pod === undefined || isTold ? undefined : { pod };
  }

  #noteEnd(key: string): void {
    const { statefulSet, pod } = this.#known.get(key) ?? nothing;
    this.#gone.add(pod?.metadata?.uid ?? "");
    if (statefulSet === undefined || statefulSet.spec?.replicas === 0) return;
    this.#restarts.set(key, (this.#restarts.get(key) ?? 0) + 1);
  }

  #remember(key: string, revision: string): void {
    const known = this.#revisions.get(key) ?? [];
    if (known.at(-1) !== revision) this.#revisions.set(key, [...known, revision]);
  }
}

/** Pod and StatefulSet share a key; other pods have none. */
function keyOf({ kind, metadata }: KubernetesObject): string | undefined {
  const name = kind === "StatefulSet" ? metadata.name : /^(.+)-0$/.exec(metadata.name)?.[1];
  return name === undefined ? undefined : `${metadata.namespace}/${name}`;
}
