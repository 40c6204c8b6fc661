import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { hangMs } from "./hang.ts";

/** As etcd's JSON API has it: keys and values in base64. */
type Stored = {
  readonly key: string;
  readonly value: string;
  readonly create_revision: string;
  readonly mod_revision: string;
};
type Controllers = Record<"stop" | "start", () => Promise<void>>;

const etcd = "http://127.0.0.1:2379/v3/kv";
/** What Kubernetes renews all the time, and what it notes for itself beside the objects. */
const renewed = /^\/registry\/(leases\/kube-|masterleases\/)|^(?!\/registry\/)/;
const passing = /^\/registry\/events\//;
const kinds = /^\/registry\/apiextensions\.k8s\.io\/customresourcedefinitions\//;
const quietMs = 400;

/**
 * For labs that several programs have, one after the other: for the first of them it remembers the objects in `file`, for each other it
 * makes the cluster hold these and no others, in a tenth of the time that a new lab takes. Controllers see everything that happens as
 * the work of somebody else; where kinds go they are started anew, because the garbage collector keeps what it knows of kinds and waits half
 * a minute for those that are gone.
 */
export async function firstObjects(file: string, controllers: Controllers): Promise<void> {
  if (!existsSync(file)) {
    await whenQuiet();
    const first = (await stored("whole")).filter(({ key }) => !is(renewed, key) && !is(passing, key));
    writeFileSync(file, JSON.stringify(first));
    return;
  }
  let first = JSON.parse(readFileSync(file, "utf8")) as readonly Stored[]; // written above
  const hasOtherKinds = !isDeepStrictEqual(kindsOf(await stored()), kindsOf(first));
  if (hasOtherKinds) await controllers.stop();
  // A controller may have been about to write something: only what stays for a moment is the first state.
  for (const deadlineMs = Date.now() + hangMs; ; ) {
    await whenQuiet();
    const next = await restored(first);
    if (next === first) break;
    if (Date.now() > deadlineMs) throw new Error("the lab's first objects do not stay: something changes them");
    first = next;
  }
  if (hasOtherKinds) await controllers.start();
  writeFileSync(file, JSON.stringify(first));
}

/** Answers the same list when nothing differed, else one with the revisions that the objects have now. */
async function restored(first: readonly Stored[]): Promise<readonly Stored[]> {
  const wanted = new Map(first.map((each) => [each.key, each]));
  // One that was deleted and made anew goes too: its watchers have to see that it is another.
  const later = (await stored()).filter(
    ({ key, create_revision }) => !is(renewed, key) && create_revision !== wanted.get(key)?.create_revision,
  );
  for (const { key } of later.toSorted((one, other) => rank(one.key) - rank(other.key)))
    await revisionOf("deleterange", { key });
  const now = new Map((await stored()).map((each) => [each.key, each]));
  const changes = new Map<string, Stored>();
  for (const each of first.filter(({ key, mod_revision }) => now.get(key)?.mod_revision !== mod_revision)) {
    const mod_revision = await revisionOf("put", { key: each.key, value: each.value });
    const create_revision = now.get(each.key)?.create_revision ?? mod_revision;
    changes.set(each.key, { ...each, mod_revision, create_revision });
  }
  if (changes.size === 0 && later.every(({ key }) => is(passing, key))) return first;
  return first.map((each) => changes.get(each.key) ?? each);
}

function kindsOf(all: readonly Stored[]): readonly string[] {
  return all.filter(({ key }) => is(kinds, key)).map(({ key, create_revision }) => `${key} ${create_revision}`);
}

/** Nothing is made any more in a namespace that is gone, nor for an owner. */
function rank(key: string): number {
  return [
    /^\/registry\/namespaces\//,
    /^\/registry\/dittofs/,
    /^\/registry\/(deployments|replicasets|services\/specs)\//,
  ]
    .map((pattern) => is(pattern, key))
    .concat(true)
    .indexOf(true);
}

/** Waits until nothing but leases was written for a while. */
async function whenQuiet(): Promise<void> {
  const deadlineMs = Date.now() + hangMs;
  for (let seen = -1, now = newest(await stored()); now !== seen; now = newest(await stored())) {
    if (Date.now() > deadlineMs) throw new Error("the lab does not come to rest: something writes again and again");
    seen = now;
    await wait(quietMs);
  }
}

function newest(all: readonly Stored[]): number {
  return Math.max(
    ...all.filter(({ key }) => !is(renewed, key) && !is(passing, key)).map(({ mod_revision }) => Number(mod_revision)),
  );
}

function is(pattern: RegExp, key: string): boolean {
  return pattern.test(Buffer.from(key, "base64").toString("latin1"));
}

async function stored(what: "whole" | "keys" = "keys"): Promise<readonly Stored[]> {
  const range = { key: "AA==", range_end: "AA==", keys_only: what === "keys" };
  return ((await etcdAnswer("range", range)) as { readonly kvs: readonly Stored[] }).kvs; // etcd's RangeResponse
}

/**
 * One request for each object, so that each has a revision of its own: a watch that the API server ends goes on after the revision that its
 * client saw last, and of several events with that revision it would lose the rest.
 */
async function revisionOf(call: "put" | "deleterange", body: Partial<Stored>): Promise<string> {
  return ((await etcdAnswer(call, body)) as { readonly header: { readonly revision: string } }).header.revision; // in each of etcd's answers
}

async function etcdAnswer(call: string, body: object): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  request(`${etcd}/${call}`, { method: "POST" }).on("response", resolve).on("error", reject).end(JSON.stringify(body));
  const answer = await promise;
  const content = await text(answer);
  if (answer.statusCode !== 200) throw new Error(`etcd answers ${answer.statusCode}: ${content}`);
  return JSON.parse(content);
}
