import type { DittoServer } from "../../api/ditto-server.ts";
import { tlsSettings } from "../config-file/tls-settings.ts";
import { nfsListener } from "../secrets/tls-secrets.ts";

/** Absent settings: no TLS of the operator's. */
export type WantedAdapterTls = { readonly settings?: Readonly<Record<string, string>> };

/** Undefined while the pod is one of another spec: the server checks no path, and a missing file ends NFS at its next start. */
export function wantedNfsTls(server: DittoServer, podVolumes: ReadonlySet<string>): WantedAdapterTls | undefined {
  const { tls } = server.spec.nfs;
  if (tls === undefined) return {};
  const { certificateVolume, authorityVolume } = nfsListener;
  const needed = tls.clientCASecretName === undefined ? [certificateVolume] : [certificateVolume, authorityVolume];
  if (!needed.every((volume) => podVolumes.has(volume))) return undefined;
  return { settings: { ...tlsSettings(nfsListener, server, undefined), mode: tls.mode } };
}

/** The adapter's whole configuration, where its TLS has to be another. TLS with files of somebody else's is left alone. */
export function tlsConfigChange(
  { settings }: WantedAdapterTls,
  live: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> | undefined {
  const { tls, ...others } = live;
  const present = entries(tls);
  if (settings === undefined) return present.get("cert_file") === certificateFile ? others : undefined;
  const isSame = present.size === Object.keys(settings).length;
  return isSame && Object.entries(settings).every(([key, value]) => present.get(key) === value)
    ? undefined
    : { ...others, tls: settings };
}

const certificateFile = `${nfsListener.directories.certificate}/tls.crt`;

/** A value that is left empty is none. */
function entries(tls: unknown): ReadonlyMap<string, unknown> {
  const all: readonly [string, unknown][] = typeof tls === "object" && tls !== null ? Object.entries(tls) : [];
  return new Map(all.filter(([, value]) => value !== ""));
}
