import type { SecretSeen } from "../domain/world.ts";
import type { ClusterStores } from "./cluster-stores.ts";
import type { SecretReader } from "./secret-reader.ts";

export type SecretReading = {
  readonly stores: ClusterStores;
  readonly secretReader: SecretReader;
  readonly signal: AbortSignal;
};

/** Secrets of a namespace by digest; they are read again only when they have changed. */
export async function readSecrets(
  namespace: string,
  names: readonly string[],
  { stores, secretReader, signal }: SecretReading,
): Promise<ReadonlyMap<string, SecretSeen>> {
  const reads = names.map(async (name) => {
    const metadata = stores.secretNames.get({ namespace, name })?.metadata;
    return [name, await secretReader.read({ namespace, name }, metadata, signal)] as const;
  });
  return new Map(await Promise.all(reads));
}
