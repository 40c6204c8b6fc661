import type { DittoServer } from "../api/ditto-server.ts";
import { adapterServiceName } from "./names.ts";

export type FileProtocol = { readonly protocol: "nfs" | "smb"; readonly serviceName: string };

/** The file protocols that the spec switches on, with the Service that carries each. */
export function fileProtocols(server: DittoServer): readonly FileProtocol[] {
  const protocols = ["nfs", "smb"] as const;
  return protocols
    .filter((protocol) => server.spec[protocol].enabled)
    .map((protocol) => ({ protocol, serviceName: adapterServiceName(server, protocol) }));
}
