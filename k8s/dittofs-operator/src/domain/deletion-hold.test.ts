import assert from "node:assert/strict";
import { test } from "node:test";
import type { PersistentVolume, Service } from "kubernetes-types/core/v1";
import { type ClientsSeen, type DeletionHoldInputs, deletionHold } from "./deletion-hold.ts";
import { aServer } from "./testing/a-server.ts";

const service = (name: string, clusterIP: string, ip?: string): Service => ({
  metadata: { name },
  spec: { clusterIP, clusterIPs: [clusterIP] },
  ...(ip !== undefined && { status: { loadBalancer: { ingress: [{ ip }] } } }),
});
const volume = (spec: PersistentVolume["spec"], phase = "Bound"): PersistentVolume => ({
  metadata: { name: "pv" },
  spec: { ...spec, claimRef: { namespace: "team", name: "data" } },
  status: { phase },
});
const csi = (volumeAttributes: Record<string, string>) =>
  volume({ csi: { driver: "nfs.csi.k8s.io", volumeHandle: "x", volumeAttributes } });
const nfs = (server: string, phase?: string) => volume({ nfs: { server, path: "/export" } }, phase);
const nobody: ClientsSeen = { kind: "seen", clients: [] };

function held(changes: Partial<DeletionHoldInputs>): string {
  const inputs = {
    server: aServer(),
    services: [service("files-adapter-nfs", "10.96.0.7", "10.252.0.7"), service("files-api", "10.96.0.8")],
    clients: nobody,
    volumes: { kind: "seen", volumes: [] },
    ...changes,
  } as const;
  return deletionHold(inputs) ?? "free";
}
const ofVolume = (each: PersistentVolume): string => held({ volumes: { kind: "seen", volumes: [each] } });

const mounted = /PersistentVolumes mount it \(pv of claim team\/data\)/;
const rows: readonly { readonly because: string; readonly says: RegExp; readonly found: string }[] = [
  { because: "nobody uses it", says: /^free$/, found: held({}) },
  {
    because: "clients are named, with their users, and the way on is told",
    says: /clients have it mounted \(nfs 192\.0\.2\.7, smb alice at 192\.0\.2\.8\)\. Unmount .*kubectl patch dittofs files /,
    found: held({
      clients: {
        kind: "seen",
        clients: [
          { protocol: "smb", address: "192.0.2.8", user: "alice" },
          { protocol: "nfs", address: "192.0.2.7" },
        ],
      },
    }),
  },
  { because: "what was not asked yet holds", says: /is asked for its clients/, found: held({ clients: undefined }) },
  {
    because: "what cannot be known holds, and says why",
    says: /clients are not known \(no answer\); PersistentVolumes cannot be looked at \(forbidden\)/,
    found: held({
      clients: { kind: "unknown", message: "no answer" },
      volumes: { kind: "unknown", message: "forbidden" },
    }),
  },
  { because: "a volume names the Service", says: mounted, found: ofVolume(nfs("files-adapter-nfs.default.svc")) },
  {
    because: "a volume names the Service with the cluster's domain",
    says: mounted,
    found: ofVolume(csi({ server: "files-adapter-nfs.default.svc.cluster.local", share: "/export" })),
  },
  { because: "a volume names the cluster address", says: mounted, found: ofVolume(nfs("10.96.0.7")) },
  { because: "a volume names the load balancer's address", says: mounted, found: ofVolume(nfs("10.252.0.7")) },
  {
    because: "a volume of the CSI driver for SMB names it in its source",
    says: mounted,
    found: ofVolume(csi({ source: "//files-adapter-smb.default.svc/export" })),
  },
  {
    because: "a volume that nobody claims is not in use",
    says: /^free$/,
    found: ofVolume(nfs("10.96.0.7", "Available")),
  },
  {
    because: "a volume of a server of the same name elsewhere",
    says: /^free$/,
    found: ofVolume(nfs("files-adapter-nfs.other.svc")),
  },
  { because: "the REST API is not mounted", says: /^free$/, found: ofVolume(nfs("10.96.0.8")) },
  { because: "a disk", says: /^free$/, found: ofVolume(volume({ hostPath: { path: "/x" } })) },
];
for (const { because, says, found } of rows) test(because, () => assert.match(found, says));
