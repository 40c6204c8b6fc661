import type { DittoServer } from "../../api/ditto-server.ts";
import { protocolPorts } from "../protocol-ports.ts";
import type { Change } from "./change.ts";
import type { LiveAdapter, LiveDittoFs } from "./live-dittofs.ts";
import { tlsConfigChange, type WantedAdapterTls, wantedNfsTls } from "./nfs-tls.ts";

export type WantedAdapter = {
  readonly type: "nfs" | "smb";
  readonly enabled: boolean;
  readonly port: number;
  /** Undefined: not looked at. */
  readonly tls?: WantedAdapterTls | undefined;
};

type AdapterSetting = Pick<WantedAdapter, "type" | "enabled" | "port"> & {
  readonly config?: Readonly<Record<string, unknown>>;
};

export type AdapterCalls = {
  readonly putAdapter: AdapterSetting;
  readonly createAdapter: AdapterSetting;
};

/** Ports are always spelled out: a fresh server has SMB on 1445, and a row with port 0 means yet another one. */
export function wantedAdapters(
  server: DittoServer,
  podVolumes: ReadonlySet<string> = new Set(),
): readonly WantedAdapter[] {
  const ports = protocolPorts(server);
  return (["nfs", "smb"] as const).map((type) => ({
    type,
    enabled: ports[type].isEnabled,
    port: ports[type].containerPort,
    ...(type === "nfs" && { tls: wantedNfsTls(server, podVolumes) }),
  }));
}

export function adapterChanges(wanted: readonly WantedAdapter[], live: LiveDittoFs): readonly Change<AdapterCalls>[] {
  return wanted.map((adapter) => {
    const present = live.adapters.find(({ type }) => type === adapter.type);
    return { family: "adapter", name: adapter.type, needs: [], ...difference(adapter, present) };
  });
}

/** An unneeded PUT is not harmless in all versions: it may restart the adapter and cut its clients off. */
function difference(
  { tls, ...wanted }: WantedAdapter,
  live: LiveAdapter | undefined,
): Pick<Change<AdapterCalls>, "calls" | "what"> {
  if (live === undefined) {
    if (!wanted.enabled) return { calls: [], what: "" };
    return { calls: [{ name: "createAdapter", body: wanted }], what: `created on port ${wanted.port}` };
  }
  const config = tls && tlsConfigChange(tls, live.config ?? {});
  const differing = [
    ...(live.enabled === wanted.enabled ? [] : [wanted.enabled ? "switched on" : "switched off"]),
    ...(live.port === wanted.port || !wanted.enabled ? [] : [`port ${live.port} -> ${wanted.port}`]),
    ...(config === undefined ? [] : ["TLS"]),
  ];
  if (differing.length === 0) return { calls: [], what: "" };
  const body: AdapterSetting = { ...wanted, ...(config && { config }) };
  // The server keeps a listener whose address stays, and with it the TLS that it began with.
  const isKept = config !== undefined && live.enabled && wanted.enabled;
  const off = { name: "putAdapter", body: { ...body, enabled: false } } as const;
  return { calls: [...(isKept ? [off] : []), { name: "putAdapter", body }], what: differing.join(", ") };
}
