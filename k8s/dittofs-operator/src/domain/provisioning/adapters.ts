import type { DittoServer } from "../../api/ditto-server.ts";
import { protocolPorts } from "../protocol-ports.ts";
import type { Change } from "./change.ts";
import type { LiveAdapter, LiveDittoFs } from "./live-dittofs.ts";

export type WantedAdapter = { readonly type: "nfs" | "smb"; readonly enabled: boolean; readonly port: number };

export type AdapterCalls = {
  readonly putAdapter: WantedAdapter;
  readonly createAdapter: WantedAdapter;
};

/** Ports are always spelled out: a fresh server has SMB on 1445, and a row with port 0 means yet another one. */
export function wantedAdapters(server: DittoServer): readonly WantedAdapter[] {
  const ports = protocolPorts(server);
  return (["nfs", "smb"] as const).map((type) => ({
    type,
    enabled: ports[type].isEnabled,
    port: ports[type].containerPort,
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
  wanted: WantedAdapter,
  live: LiveAdapter | undefined,
): Pick<Change<AdapterCalls>, "calls" | "what"> {
  if (live === undefined) {
    if (!wanted.enabled) return { calls: [], what: "" };
    return { calls: [{ name: "createAdapter", body: wanted }], what: `created on port ${wanted.port}` };
  }
  const differing = [
    ...(live.enabled === wanted.enabled ? [] : [wanted.enabled ? "switched on" : "switched off"]),
    ...(live.port === wanted.port || !wanted.enabled ? [] : [`port ${live.port} -> ${wanted.port}`]),
  ];
  if (differing.length === 0) return { calls: [], what: "" };
  return { calls: [{ name: "putAdapter", body: wanted }], what: differing.join(", ") };
}
