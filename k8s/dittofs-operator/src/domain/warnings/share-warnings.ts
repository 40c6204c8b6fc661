import type { DittoServer, ShareSpec } from "../../api/ditto-server.ts";
import { DEFAULT_STORE, RESTARTED_AT_ANNOTATION } from "../../api/group.ts";
import { localStores } from "../provisioning/local-stores.ts";
import { wantedMetadataStores } from "../provisioning/metadata-stores.ts";
import type { World } from "../world.ts";

const namedShares = 10;

/** What shares ask for and get otherwise than one would think. */
export function shareWarnings({ server, dittofs }: Pick<World, "server" | "dittofs">): readonly string[] {
  return [
    ...quotaWarnings(server),
    ...durableHandleWarnings(server),
    ...waitingWarnings(dittofs),
    ...clientWarnings(server),
    ...uploadWarnings(server),
  ];
}

/** The server looks at addresses only when NFSv3 mounts. */
function clientWarnings({ spec }: DittoServer): readonly string[] {
  const bounded = (spec.shares ?? []).filter(({ nfs }) => nfs?.allowedClients !== undefined);
  if (bounded.length === 0) return [];
  return [
    `spec.shares[].nfs.allowedClients of ${namesOf(bounded)} holds for NFSv3 only: NFSv4 clients of every address reach the share. Bound the addresses of the whole server, or rely on permissions.`,
  ];
}

/** What the server does with uploaded contents otherwise than one would think; stores.md has it at length. */
function uploadWarnings(server: DittoServer): readonly string[] {
  const inMemory = new Set(localStores(server).flatMap(({ name, type }) => (type === "memory" ? [name] : [])));
  const isForgetful = ({ localStore }: ShareSpec): boolean => inMemory.has(localStore ?? DEFAULT_STORE);
  const uploading = (server.spec.shares ?? []).filter(({ remoteStore }) => remoteStore !== undefined);
  const forgetful = uploading.filter(isForgetful);
  const unsized = uploading.filter((share) => share.localStoreSize === undefined && !isForgetful(share));
  return [
    ...(forgetful.length === 0
      ? []
      : [
          `Share ${namesOf(forgetful)} has a remote store and its local store in memory: after each restart of the server all files read as zeros, although they are uploaded, until "dfsctl share warm" has fetched them. Give it a local store on a volume.`,
        ]),
    ...(unsized.length === 0
      ? []
      : [
          `Share ${namesOf(unsized)} has a remote store and holds no more than its part of the volume all the same: the server keeps what it has uploaded, and writes beyond that fail after a minute. Make the volume as large as all files, and set localStoreSize to what the share may take.`,
        ]),
  ];
}

/** A second restart for one generation of the spec is never made by the operator itself. */
function waitingWarnings(dittofs: World["dittofs"]): readonly string[] {
  const waiting = dittofs.kind === "answered" ? dittofs.waitingShares : [];
  if (waiting.length === 0) return [];
  return [
    `The server still works with earlier settings of share ${namesOf(waiting.map((name) => ({ name })))}, although it was restarted once for this spec. Restart it by setting its annotation ${RESTARTED_AT_ANNOTATION}, or with kubectl rollout restart.`,
  ];
}

/** The server compares a quota with what the whole metadata store holds. */
function quotaWarnings({ spec }: DittoServer): readonly string[] {
  const shares = spec.shares ?? [];
  const byStore = Map.groupBy(shares, ({ metadataStore }) => metadataStore ?? DEFAULT_STORE);
  const crowded = shares.filter(
    ({ quota, metadataStore }) => quota !== undefined && (byStore.get(metadataStore ?? DEFAULT_STORE)?.length ?? 0) > 1,
  );
  if (crowded.length === 0) return [];
  return [
    `spec.shares[].quota of ${namesOf(crowded)} counts the files of all shares on the same metadata store. Give each share with a quota a metadataStore of its own, or a quota for all of them.`,
  ];
}

function durableHandleWarnings(server: DittoServer): readonly string[] {
  const stores = wantedMetadataStores(server);
  if (!server.spec.smb.enabled || stores.length < 2) return [];
  return [
    `The server has ${stores.length} metadata stores, with which it gives SMB clients no durable handles: open files are lost when a connection breaks. Use one metadata store, or set spec.smb.enabled to false.`,
  ];
}

function namesOf(shares: readonly { readonly name: string }[]): string {
  const more = shares.length > namedShares ? ` and ${shares.length - namedShares} more` : "";
  const names = shares.slice(0, namedShares).map(({ name }) => name);
  return `${names.join(", ")}${more}`;
}
