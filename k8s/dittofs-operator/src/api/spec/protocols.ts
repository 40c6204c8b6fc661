import { bool, int32, object, set } from "../schema/vocabulary.ts";
import { cidr } from "./addresses.ts";
import { nfsSettings, smbSettings } from "./protocol-settings.ts";
import { fileService } from "./services.ts";
import { nfsTls } from "./tls.ts";

type Ports = { readonly service: number; readonly container: number };

/** What both have. */
const fields = (name: "nfs" | "smb", ports: Ports) => ({
  enabled: bool(`True serves ${name.toUpperCase()}.`).default(true),
  port: int32("Port of the Service: what clients mount.", { min: 1, max: 65_535 }).default(ports.service),
  containerPort: int32(
    "Port on which the server listens inside the pod. Ports below 1024 are not for a process without privileges.",
    { min: 1024, max: 65_535 },
  ).default(ports.container),
  allowedClients: set(
    `Clients that are let in, for the whole server: by the NetworkPolicy, and by the load balancer unless ${name}.service.loadBalancerSourceRanges says otherwise. A server behind a Service sees them only with externalTrafficPolicy Local. Left out or empty, everybody is let in.`,
    cidr,
    { maxItems: 64 },
  ).exactOptional(),
  service: fileService(name),
});

/** NFS, on its registered port outside and on one without privileges inside. */
export const nfs = object("NFS for clients.", {
  ...fields("nfs", { service: 2049, container: 12_049 }),
  settings: nfsSettings.exactOptional(),
  tls: nfsTls,
}).prefault({});

/** SMB, likewise; Windows knows no other port than 445. */
export const smb = object("SMB for clients.", {
  ...fields("smb", { service: 445, container: 12_445 }),
  settings: smbSettings.exactOptional(),
}).prefault({});
