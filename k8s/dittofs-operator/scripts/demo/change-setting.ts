import type { KubernetesObject } from "../../src/runtime/kubernetes-api.ts";
import { assertClaim } from "./demo-failure.ts";
import { podRef, serverName, serverRef, serverStatus } from "./demo-server.ts";
import { followServer } from "./follow-server.ts";
import type { Stage } from "./stage.ts";
import type { Story } from "./story.ts";

/** A setting that the file server reads when it starts: one restart, not two. */
export async function changeSetting(stage: Stage, story: Story): Promise<void> {
  story.step(
    "Change a setting",
    "The file server reads its configuration when it starts, so that a change costs a restart: exactly one, with its " +
      "reason in an event.",
  );
  const { cluster } = stage;
  const podBefore = await pod(stage);
  const revisionsBefore = await revisions(stage);
  const sinceMs = performance.now();
  const pods = podUids(stage);
  const server = await cluster.patch(serverRef(stage), { spec: { logging: { level: "DEBUG" } } });
  story.happened(performance.now() - sinceMs, "kubectl patch: spec.logging.level is DEBUG");
  const generation = server.metadata.generation ?? 0;
  const before = serverStatus(server).conditions ?? [];
  await followServer(stage, story, { sinceMs, generation, before });

  const podAfter = await pod(stage);
  const revisionsAfter = await revisions(stage);
  const uids = await pods.stop();
  story.tell(`pod before ${podBefore.metadata.uid}\npod after  ${podAfter.metadata.uid}`);
  story.tell(`revisions  ${revisionsBefore.length} before, ${revisionsAfter.length} after`);
  const restart = await restartEvent(stage);
  story.tell(`event      ${restart}`);
  assertClaim(podAfter.metadata.uid !== podBefore.metadata.uid, "the server said Ready and its old pod still runs");
  assertClaim(uids.size === 2, `the change was to cost one restart and there were ${uids.size - 1}`);
  assertClaim(containerRestarts(podAfter) === 0, "the new pod's container restarted");
  const added = revisionsAfter.length - revisionsBefore.length;
  assertClaim(added === 1, `the change was to make one StatefulSet revision and made ${added}`);
  story.proved("one restart, one new revision, one reason");
}

async function pod(stage: Stage): Promise<KubernetesObject> {
  const found = await stage.cluster.get(podRef(stage));
  assertClaim(found !== undefined, `there is no pod ${podRef(stage).name}`);
  return found;
}

/** The StatefulSet controller makes one for each pod template that a StatefulSet has had. */
async function revisions({ cluster, namespace }: Stage): Promise<readonly KubernetesObject[]> {
  const kind = { apiVersion: "apps/v1", kind: "ControllerRevision" };
  const all = await cluster.list(kind, { namespace });
  return all.filter(({ metadata }) => metadata.ownerReferences?.some(({ name }) => name === serverName));
}

/** Watches which pods of the server there are from now on. */
function podUids(stage: Stage): { readonly stop: () => Promise<ReadonlySet<string>> } {
  const { namespace, name } = podRef(stage);
  const uids = new Set<string>();
  const end = new AbortController();
  const watch = async (): Promise<void> => {
    for await (const event of stage.cluster.events({ apiVersion: "v1", kind: "Pod" }, end.signal)) {
      if (event.type !== "present") continue;
      const { metadata } = event.object;
      if (metadata.namespace === namespace && metadata.name === name) uids.add(metadata.uid ?? "");
    }
  };
  const watched = watch();
  return {
    stop: async () => {
      end.abort();
      await watched;
      return uids;
    },
  };
}

function containerRestarts(pod: KubernetesObject): number {
  const { containerStatuses = [] } = pod["status"] as { containerStatuses?: readonly { restartCount: number }[] }; // a Pod's
  return containerStatuses.reduce((sum, { restartCount }) => sum + restartCount, 0);
}

/** Events may come later than what they tell. */
async function restartEvent(stage: Stage): Promise<string> {
  const end = new AbortController();
  const timer = setTimeout(() => end.abort(), eventTimeoutMs);
  const notes: string[] = [];
  try {
    for await (const event of stage.cluster.events({ apiVersion: "events.k8s.io/v1", kind: "Event" }, end.signal)) {
      if (event.type === "present" && isRestart(event.object, stage)) notes.push(String(event.object["note"]));
      if (event.type !== "synced" && notes.length > 0) break;
    }
  } finally {
    clearTimeout(timer);
    end.abort();
  }
  const [note] = notes;
  assertClaim(note !== undefined, "no event tells why the server restarted");
  return note;
}

const eventTimeoutMs = 5_000;

function isRestart(event: KubernetesObject, { namespace }: Stage): boolean {
  const regarding = event["regarding"] as { name?: string } | undefined; // an Event's
  return event["action"] === "Restart" && event.metadata.namespace === namespace && regarding?.name === serverName;
}
