import type { EnvVar, Volume, VolumeMount } from "kubernetes-types/core/v1";
import type { DittoServer } from "../../../api/ditto-server.ts";
import { encryptionKeysName } from "../../names.ts";
import { encryptedStores, encryptionKeysVolume } from "../../secrets/encryption-keys.ts";
import { type Delivery, type SecretReference, secretSources } from "../../secrets/mounted-secrets.ts";

/** The server's user reads them through the pod's group, and nobody else does. */
const fileMode = 0o440;

/** Secrets that the process reads from its environment. */
export function secretEnvironment(server: DittoServer): readonly EnvVar[] {
  return secretSources(server).flatMap(({ delivery, source }) =>
    delivery.kind === "environment" ? [{ name: delivery.variable, valueFrom: { secretKeyRef: { ...source } } }] : [],
  );
}

/** Secrets that the process reads as files: one volume for each directory. */
export function secretVolumes(server: DittoServer): readonly Volume[] {
  const named = Array.from(filesByVolume(server), ([name, files]) => ({
    name,
    secret: {
      secretName: files[0].source.name,
      items: files.map(({ source, delivery }) => ({ key: source.key, path: delivery.fileName })),
      defaultMode: fileMode,
    },
  }));
  const stores = encryptedStores(server);
  if (stores.length === 0) return named;
  const items = stores.map(({ store }) => ({ key: store, path: store }));
  const secret = { secretName: encryptionKeysName(server), items, defaultMode: fileMode };
  return [...named, { name: encryptionKeysVolume.name, secret }];
}

export function secretMounts(server: DittoServer): readonly VolumeMount[] {
  const { name, directory } = encryptionKeysVolume;
  return [
    ...Array.from(filesByVolume(server), ([volume, files]) => ({
      name: volume,
      mountPath: files[0].delivery.directory,
      readOnly: true,
    })),
    ...(encryptedStores(server).length === 0 ? [] : [{ name, mountPath: directory, readOnly: true }]),
  ];
}

type SecretFile = { readonly source: SecretReference; readonly delivery: Extract<Delivery, { kind: "file" }> };

function filesByVolume(server: DittoServer): ReadonlyMap<string, readonly [SecretFile, ...SecretFile[]]> {
  const byVolume = new Map<string, [SecretFile, ...SecretFile[]]>();
  for (const { source, delivery } of secretSources(server)) {
    if (delivery.kind !== "file") continue;
    const file = { source, delivery };
    const others = byVolume.get(delivery.volume);
    if (others === undefined) byVolume.set(delivery.volume, [file]);
    else others.push(file);
  }
  return byVolume;
}
