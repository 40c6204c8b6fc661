import { createHash } from "node:crypto";
import type { DittoServer } from "../api/ditto-server.ts";

type Named = { readonly metadata: Pick<DittoServer["metadata"], "name"> };

export function statefulSetName({ metadata }: Named): string {
  return metadata.name;
}

/** The only pod of the StatefulSet. */
export function podName({ metadata }: Named): string {
  return `${metadata.name}-0`;
}

/** The claim that the StatefulSet controller makes from a claim template for the only pod. */
export function claimName({ metadata }: Named, template: string): string {
  return `${template}-${metadata.name}-0`;
}

export function configMapName({ metadata }: Named): string {
  return `${metadata.name}-config`;
}

export function jwtSecretName({ metadata }: Named): string {
  return `${metadata.name}-jwt-secret`;
}

export function adminSecretName({ metadata }: Named): string {
  return `${metadata.name}-admin-bootstrap-credentials`;
}

/** The parts of the URI of the control plane's database. */
export function postgresConnectionName({ metadata }: Named): string {
  return `${metadata.name}-postgres-connection`;
}

/** The key files of encrypted remote stores. */
export function encryptionKeysName({ metadata }: Named): string {
  return `${metadata.name}-encryption-keys`;
}

/** A user's name that is no part of an object's name is written in its letters, and told apart from its like by a digest. */
export function userSecretName({ metadata }: Named, username: string): string {
  const prefix = `${metadata.name}-user-`;
  if (/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(username)) return prefix + username;
  const letters = username.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  const digest = createHash("sha256").update(username).digest("hex").slice(0, 8);
  return `${prefix}${letters.replaceAll(/^-|-$/g, "")}-${digest}`;
}

export function baselinePolicyName({ metadata }: Named): string {
  return `${metadata.name}-baseline`;
}

export function ingressName({ metadata }: Named): string {
  return `${metadata.name}-api`;
}

export function serviceMonitorName({ metadata }: Named): string {
  return `${metadata.name}-metrics`;
}

export function metricsServiceName(server: Named): string {
  return serviceName(server, "-metrics");
}

export function headlessServiceName(server: Named): string {
  return serviceName(server, "-headless");
}

export function apiServiceName(server: Named): string {
  return serviceName(server, "-api");
}

export function adapterServiceName(server: Named, protocol: "nfs" | "smb"): string {
  return serviceName(server, `-adapter-${protocol}`);
}

export function auxiliaryServiceName(server: Named): string {
  return serviceName(server, "-adapter-nfs-aux");
}

/** A Service's name is a DNS label (RFC 1035): unlike other objects' names it ends at 63 characters. */
const longestLabel = 63;

/** A server's name that leaves no room for the suffix is cut, and told apart from its like by a digest of the whole. */
function serviceName({ metadata: { name } }: Named, suffix: string): string {
  if (name.length + suffix.length <= longestLabel) return `${name}${suffix}`;
  const digest = createHash("sha256").update(name).digest("hex").slice(0, 8);
  return `${name.slice(0, longestLabel - suffix.length - digest.length - 1)}-${digest}${suffix}`;
}

/** Name of the container in which the file server runs. */
export const serverContainerName = "dittofs";
