import type { ZodType } from "zod";
import { bool, int32, object } from "../schema/vocabulary.ts";
import { nfsSettings, smbSettings } from "./protocol-settings.ts";
import { fileService } from "./services.ts";

type Ports = { readonly service: number; readonly container: number };

const protocol = <Settings extends ZodType>(name: "nfs" | "smb", ports: Ports, settings: Settings) => {
  const title = name.toUpperCase();
  return object(`${title} for clients.`, {
    enabled: bool(`True serves ${title}.`).default(true),
    port: int32("Port of the Service: what clients mount.", { min: 1, max: 65_535 }).default(ports.service),
    containerPort: int32(
      "Port on which the server listens inside the pod. Ports below 1024 are not for a process without privileges.",
      {
        min: 1024,
        max: 65_535,
      },
    ).default(ports.container),
    service: fileService(name),
    settings: settings.exactOptional(),
  }).prefault({});
};

/** NFS, on its registered port outside and on one without privileges inside. */
export const nfs = protocol("nfs", { service: 2049, container: 12_049 }, nfsSettings);
/** SMB, likewise; Windows knows no other port than 445. */
export const smb = protocol("smb", { service: 445, container: 12_445 }, smbSettings);
