import { FIELD_MANAGER } from "../api/group.ts";
import { type Leftover, leftovers } from "../domain/leftovers.ts";
import type { ActInputs } from "./act-inputs.ts";
import { childKinds } from "./child-kinds.ts";
import { ownership } from "./ownership.ts";

/**
 * Gives what another operator made for this server, and what is not wanted, the labels of children: the next pass removes it as
 * it removes others. It comes before the StatefulSet is taken over, so that a process that ends in between begins again.
 */
export async function labelLeftovers(inputs: ActInputs): Promise<void> {
  for (const leftover of leftovers(inputs.server, inputs.plan.children)) await label(leftover, inputs);
}

async function label({ kind, name, labels }: Leftover, { server, stores, api, signal }: ActInputs): Promise<void> {
  const { resource, field } = childKinds[kind];
  const key = { namespace: server.metadata.namespace, name };
  if (stores[field].get(key) !== undefined) return;
  const found = await api.get(resource, key, signal);
  // One that cannot be read is found by the pass that follows, because the StatefulSet cannot be read then either.
  if (!found.ok || found.value.metadata.deletionTimestamp !== undefined) return;
  if (ownership(found.value, server) !== "ours") return;
  const { metadata } = found.value;
  const answer = await api.patch(
    resource,
    key,
    [
      { op: "test", path: "/metadata/uid", value: metadata.uid },
      { op: "add", path: "/metadata/labels", value: { ...metadata.labels, ...labels } },
    ],
    { fieldManager: FIELD_MANAGER, signal },
  );
  if (answer.ok) stores[field].recordWrite(answer.value);
}
