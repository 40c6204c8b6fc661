import { existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Container, Pod, Volume } from "kubernetes-types/core/v1";
import type { Contents } from "./container-environment.ts";
import { ContainerError } from "./container-error.ts";

/** What the image has, and a server may be told to read. */
const imageFiles: Readonly<Record<string, string>> = { "/etc/krb5.conf": "[libdefaults]\n" };

/**
 * Makes a folder that looks like the container's root: each volume appears at its mount path. Claims are links to folders that outlive
 * the pod, so that the next pod finds its data.
 */
export async function makeContainerRoot(
  root: string,
  { pod, container }: { readonly pod: Pod; readonly container: Container },
  { contents, claimFolder }: { readonly contents: Contents; readonly claimFolder: (claim: string) => string },
): Promise<void> {
  for (const [path, text] of Object.entries(imageFiles)) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  for (const { name, mountPath } of container.volumeMounts ?? []) {
    const volume = pod.spec?.volumes?.find((each) => each.name === name);
    if (volume === undefined) throw new ContainerError("CreateContainerConfigError", `no volume is named ${name}`);
    const path = join(root, mountPath);
    const claim = volume.persistentVolumeClaim?.claimName;
    if (claim === undefined) {
      mkdirSync(path, { recursive: true });
      for (const [file, text] of Object.entries(await filesOf(volume, contents))) writeFileSync(join(path, file), text);
    } else if (!existsSync(path)) {
      mkdirSync(dirname(path), { recursive: true });
      mkdirSync(claimFolder(claim), { recursive: true });
      symlinkSync(claimFolder(claim), path);
    }
  }
}

async function filesOf({ configMap, secret }: Volume, contents: Contents): Promise<Readonly<Record<string, string>>> {
  if (configMap !== undefined) return required("configmap", configMap, await contents.configMap(configMap.name ?? ""));
  if (secret === undefined) return {};
  const { secretName: name, optional, items } = secret;
  const data = required("secret", { name, optional }, await contents.secret(name ?? ""));
  if (items === undefined) return data;
  return Object.fromEntries(items.map(({ key, path }) => [path, valueOf(data, key, name)]));
}

function valueOf(data: Readonly<Record<string, string>>, key: string, secretName = ""): string {
  const value = data[key];
  if (value !== undefined) return value;
  throw new ContainerError("CreateContainerConfigError", `references non-existent secret key: ${key} in ${secretName}`);
}

type Source = { readonly name?: string | undefined; readonly optional?: boolean | undefined };

function required(
  kind: string,
  { name, optional = false }: Source,
  data: Readonly<Record<string, string>> | undefined,
): Readonly<Record<string, string>> {
  if (data === undefined && !optional) {
    throw new ContainerError("CreateContainerConfigError", `${kind} "${name}" not found`);
  }
  return data ?? {};
}
