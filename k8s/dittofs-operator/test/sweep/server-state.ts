import type { Double } from "../../double/start-double.ts";
import type { KubernetesObject } from "../../src/runtime/kubernetes-api.ts";

/** One server as it can be seen, without what differs from moment to moment. Digests, uids and addresses are in it. */
export type ServerState = {
  /** By kind and name, the DittoServer's status among them. */
  readonly objects: Readonly<Record<string, unknown>>;
  /** Each row of the file server's database, as text that sorts. Empty while it does not run. */
  readonly rows: readonly string[];
};

export function serverState(objects: ReadonlyMap<string, KubernetesObject>, double: Double | undefined): ServerState {
  const seen = Array.from(objects, ([key, object]) => [key, visible(object)] as const);
  return {
    objects: Object.fromEntries(seen.toSorted(([one], [other]) => (one < other ? -1 : 1))),
    rows: double === undefined ? [] : rows(double.state.database),
  };
}

const momentary = new Set([
  "managedFields",
  "resourceVersion",
  "generation",
  "observedGeneration",
  "creationTimestamp",
  "lastTransitionTime",
  // Which process loaded the shares, and which was ended for them: others after each restart.
  "process",
  "shareRestart",
  // The API server gives out another when externalTrafficPolicy becomes Local again.
  "healthCheckNodePort",
]);

/** The spec of a DittoServer is what is changed, and a pod is another after each restart: of it counts what it was made from. */
export function visible(object: KubernetesObject): unknown {
  if (object.kind === "DittoServer") return without(object["status"], momentary);
  if (object.kind === "Pod") return without({ labels: object.metadata.labels, spec: object["spec"] }, momentary);
  return without(object, momentary);
}

/** Made anew with each write or each time, so that they say nothing of what is held. */
const unstable = new Set(["id", "createdAt", "updatedAt", "lastLogin", "passwordHash", "version", "hasNtHash"]);

type Tables = Double["state"]["database"];

/** Rows refer to each other by ids, which differ from database to database: names stand for them. */
function rows({ save: _, snapshots: __, ...tables }: Tables): readonly string[] {
  const all = Object.entries(tables).flatMap(([table, list]) => list.map((row: object) => ({ table, ...parsed(row) })));
  const names = new Map(all.flatMap((row) => ("id" in row ? [[String(row.id), nameOf(row)] as const] : [])));
  const texts = all.map((row) => JSON.stringify(sorted(without(row, unstable))));
  return texts.map((text) => [...names].reduce((each, [id, name]) => each.replaceAll(id, name), text)).toSorted();
}

/** A configuration is a text of JSON or an object, and the members of a netgroup are a set: their order says nothing. */
function parsed(row: object): object {
  if ("members" in row && Array.isArray(row.members)) return { ...row, members: ordered(row.members) };
  if (!("config" in row) || row.config === "") return row;
  const text = typeof row.config === "string" ? row.config : JSON.stringify(row.config);
  return { ...row, config: JSON.parse(text, meant) as unknown }; // the double took it as JSON
}

/** From its file the server takes times and what is off in another form than over REST: `4h0m0s`, and nothing. */
function meant(_: string, value: unknown): unknown {
  if (typeof value === "string") return value.replace(/^(\d+[hm])(0m)?0s$/, "$1");
  return value === false ? undefined : value;
}

/** Without the ids, which are others for each member that is added. */
function ordered(members: readonly unknown[]): readonly string[] {
  return members.map((member) => JSON.stringify(sorted(without(member, unstable)))).toSorted();
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, each]) => [key, sorted(each)] as const);
  return Object.fromEntries(entries.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

function nameOf(row: object): string {
  if ("name" in row) return String(row.name);
  if ("username" in row) return String(row.username);
  return "type" in row ? String(row.type) : "";
}

function without(value: unknown, keys: ReadonlySet<string>): unknown {
  const text = JSON.stringify(value, (key, each: unknown) => (keys.has(key) ? undefined : each));
  return text === undefined ? undefined : (JSON.parse(text) as unknown); // what was just written
}
