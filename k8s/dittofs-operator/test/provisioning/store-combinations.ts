import type { DittoServerSpec, MetadataStoreSpec, RemoteStoreSpec, ShareSpec } from "../../src/api/ditto-server.ts";

type Combined = Required<Pick<DittoServerSpec, "stores" | "shares">>;

const local = [
  { name: "ram", type: "memory" },
  { name: "disk", type: "filesystem", filesystem: { volume: "content", path: "disk" } },
] as const;

/** A share for each of these metadata stores with each kind of local store and each kind of remote store, none among them. */
export function storeCombinations(metadata: readonly MetadataStoreSpec[], bucket: RemoteStoreSpec["s3"]): Combined {
  const remote: readonly RemoteStoreSpec[] = [
    { name: "scratch", type: "memory" },
    { name: "bucket", type: "s3", ...(bucket && { s3: bucket }) },
  ];
  const shares = metadata.flatMap(({ name: metadataStore }) =>
    local.flatMap(({ name: localStore }) =>
      [undefined, ...remote].map(
        (remoteStore): ShareSpec => ({
          name: `/${metadataStore}-${localStore}-${remoteStore?.name ?? "alone"}`,
          metadataStore,
          localStore,
          ...(remoteStore && { remoteStore: remoteStore.name }),
        }),
      ),
    ),
  );
  return { stores: { metadata, local, remote }, shares };
}
