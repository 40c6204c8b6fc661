import type { PersistentVolume, Service } from "kubernetes-types/core/v1";
import type { DittoServer } from "../api/ditto-server.ts";
import { fileProtocols } from "./file-protocols.ts";

/** Who has the server mounted, as it says itself. */
export type ClientsSeen =
  | { readonly kind: "seen"; readonly clients: readonly ClientSeen[] }
  | { readonly kind: "unknown"; readonly message: string };

export type ClientSeen = { readonly protocol: string; readonly address: string; readonly user?: string };

export type VolumesSeen =
  | { readonly kind: "seen"; readonly volumes: readonly PersistentVolume[] }
  | { readonly kind: "unknown"; readonly message: string };

export type DeletionHoldInputs = {
  readonly server: DittoServer;
  readonly services: readonly Service[];
  /** Undefined: nobody has been asked yet. */
  readonly clients: ClientsSeen | undefined;
  readonly volumes: VolumesSeen;
};

/** Why a protected server is not deleted yet, for people; undefined when nobody uses it. What is not known holds too. */
export function deletionHold(inputs: DeletionHoldInputs): string | undefined {
  const reasons = [...clientReasons(inputs.clients), ...volumeReasons(inputs)];
  if (reasons.length === 0) return undefined;
  return `Deletion is held by spec.deletionProtection: ${reasons.join("; ")}. Unmount what uses the server, or let it go: kubectl patch dittofs ${inputs.server.metadata.name} --type merge -p '{"spec":{"deletionProtection":false}}'.`;
}

function clientReasons(clients: ClientsSeen | undefined): readonly string[] {
  if (clients === undefined) return ["the server is asked for its clients"];
  if (clients.kind === "unknown") return [`the server's clients are not known (${clients.message})`];
  if (clients.clients.length === 0) return [];
  const names = clients.clients.map(({ protocol, address, user }) =>
    user === undefined || user === "" ? `${protocol} ${address}` : `${protocol} ${user} at ${address}`,
  );
  return [`clients have it mounted (${some(names)})`];
}

function volumeReasons({ server, services, volumes }: DeletionHoldInputs): readonly string[] {
  if (volumes.kind === "unknown") return [`PersistentVolumes cannot be looked at (${volumes.message})`];
  const isOurs = hostsOf(server, services);
  const names = volumes.volumes
    .filter(({ status, spec }) => status?.phase === "Bound" && isOurs(hostOf(spec)))
    .map(({ metadata, spec }) => {
      const { namespace = "", name = "" } = spec?.claimRef ?? {};
      return `${metadata?.name ?? ""} of claim ${namespace}/${name}`;
    });
  return names.length === 0 ? [] : [`PersistentVolumes mount it (${some(names)})`];
}

/** The host that a volume is mounted from: of the kubelet's own NFS, and of the CSI drivers for NFS and SMB. */
function hostOf(spec: PersistentVolume["spec"]): string | undefined {
  const { server, source } = spec?.csi?.volumeAttributes ?? {};
  return spec?.nfs?.server ?? server ?? /^\/\/([^/]+)\//.exec(source ?? "")?.[1];
}

/** Names and addresses of the server's Services. Those of nodes are everybody's and prove nothing. */
function hostsOf(server: DittoServer, services: readonly Service[]): (host: string | undefined) => boolean {
  const names = new Set(fileProtocols(server).map(({ serviceName }) => serviceName));
  const dnsNames = [...names].map((name) => `${name}.${server.metadata.namespace}`);
  const addresses = new Set(
    services
      .filter(({ metadata }) => names.has(metadata?.name ?? ""))
      .flatMap(({ spec, status }) => [
        ...(spec?.clusterIPs ?? [spec?.clusterIP]),
        ...(status?.loadBalancer?.ingress ?? []).flatMap(({ ip, hostname }) => [ip, hostname]),
      ])
      .filter((host) => host !== undefined && host !== "" && host !== "None"),
  );
  return (host) =>
    host !== undefined &&
    (addresses.has(host) || dnsNames.some((name) => host === name || host.startsWith(`${name}.svc`)));
}

const mostNames = 5;

function some(names: readonly string[]): string {
  const sorted = [...new Set(names)].toSorted();
  const rest = sorted.length > mostNames ? " and others" : "";
  return `${sorted.slice(0, mostNames).join(", ")}${rest}`;
}
