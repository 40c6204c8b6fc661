import { randomBytes } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { KubernetesObject } from "../../src/runtime/kubernetes-api.ts";
import { type KindRef, type ObjectRef, refOf, refText } from "../../test/cluster/object-ref.ts";
import { assertClaim } from "./demo-failure.ts";
import { instanceSelector, logInAsAdministrator, serverName, serverRef } from "./demo-server.ts";
import { applyAndFollow } from "./serve.ts";
import { type ServerContents, serverContents } from "./server-contents.ts";
import type { Stage } from "./stage.ts";
import type { Story } from "./story.ts";

const keptKinds: readonly KindRef[] = [
  { apiVersion: "v1", kind: "PersistentVolumeClaim" },
  { apiVersion: "v1", kind: "Secret" },
];
const goingKinds: readonly KindRef[] = [
  { apiVersion: "apps/v1", kind: "StatefulSet" },
  { apiVersion: "v1", kind: "Pod" },
  { apiVersion: "v1", kind: "ConfigMap" },
  { apiVersion: "v1", kind: "Service" },
  { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy" },
];

/** Deletes the server, shows what stays, and creates it again with the same data. */
export async function deleteAndReturn(stage: Stage, story: Story): Promise<void> {
  const contents = await addUser(stage, story);
  const kept = await deleteServer(stage, story);
  story.step("Create it again", "The same ten lines. The new server finds the volumes and passwords of the old one.");
  await applyAndFollow(stage, story);
  const after = await serverContents(await logInAsAdministrator(stage));
  const keptAfter = await objects(stage, keptKinds);
  for (const { id, name } of after.shares) story.tell(`share ${name} has id ${id}`);
  assertClaim(isDeepStrictEqual(uids(keptAfter), uids(kept)), "the server came back with other volumes or Secrets");
  assertClaim(
    isDeepStrictEqual(after, contents),
    `the server came back with other data: ${JSON.stringify(contents)} before, ${JSON.stringify(after)} after`,
  );
  story.proved("the same claims and Secrets, the same share by its id, and alice is there");
}

/** Something that only the server's volumes know: the operator has never heard of her. */
async function addUser(stage: Stage, story: Story): Promise<ServerContents> {
  story.step(
    "Delete the server",
    "Data must survive a slip of the hand. First the demo makes a user over the file server's API, of whom the " +
      "operator knows nothing: she is on the volumes or nowhere.",
  );
  const rest = await logInAsAdministrator(stage);
  await rest.post("/api/v1/users", {
    username: "alice",
    password: randomBytes(18).toString("base64url"),
    role: "user",
  });
  const contents = await serverContents(rest);
  story.tell(`users: ${contents.users.map(({ name }) => name).join(", ")}`);
  for (const { id, name } of contents.shares) story.tell(`share ${name} has id ${id}`);
  assertClaim(contents.users.some(({ name }) => name === "alice") && contents.shares.length > 0, "alice was not made");
  return contents;
}

async function deleteServer(stage: Stage, story: Story): Promise<readonly KubernetesObject[]> {
  const { cluster } = stage;
  const kept = await objects(stage, keptKinds);
  const going = await objects(stage, goingKinds);
  const sinceMs = performance.now();
  await cluster.delete(serverRef(stage));
  story.happened(performance.now() - sinceMs, `kubectl delete dittofs ${serverName}`);
  await cluster.untilGone(serverRef(stage));
  story.happened(performance.now() - sinceMs, "the DittoServer is gone, and Kubernetes removes what belonged to it");
  const untilGone = async (ref: ObjectRef): Promise<void> => {
    await cluster.untilGone(ref);
    story.happened(performance.now() - sinceMs, `gone: ${refText(ref)}`);
  };
  await Promise.all(going.map((object) => untilGone(refOf(object))));
  const stayed = await objects(stage, keptKinds);
  story.tell("\nwhat stays:");
  for (const object of stayed) story.tell(`  ${refText(refOf(object))}`);
  const claims = stayed.filter(({ kind }) => kind === "PersistentVolumeClaim");
  assertClaim(claims.length > 0 && stayed.length > claims.length, "the server had no claims or no generated Secrets");
  assertClaim(isDeepStrictEqual(uids(stayed), uids(kept)), "a claim or a Secret went with the server, or was replaced");
  story.proved("the volumes and the generated passwords stay");
  return stayed;
}

async function objects({ cluster, namespace }: Stage, kinds: readonly KindRef[]): Promise<readonly KubernetesObject[]> {
  const lists = kinds.map((kind) => cluster.list(kind, { namespace, labelSelector: instanceSelector }));
  return (await Promise.all(lists)).flat();
}

function uids(objects: readonly KubernetesObject[]): readonly string[] {
  return objects.map(({ metadata }) => metadata.uid ?? "").toSorted();
}
