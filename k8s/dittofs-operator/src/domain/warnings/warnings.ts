import type { DittoServer } from "../../api/ditto-server.ts";
import { portmapperWarnings } from "../auxiliary-ports.ts";
import { adapterServiceSettings } from "../children/adapter-services.ts";
import { inertSettings } from "../children/service-settings.ts";
import { fileProtocols } from "../file-protocols.ts";
import type { World } from "../world.ts";
import { apiTlsWarnings } from "./api-tls-warnings.ts";
import { classWarnings } from "./class-warnings.ts";
import { clientAddressWarnings } from "./client-address-warnings.ts";
import { identityWarnings } from "./identity-warnings.ts";
import { memoryWarnings } from "./memory-warnings.ts";
import { metricsWarnings } from "./metrics-warnings.ts";
import { shareWarnings } from "./share-warnings.ts";

/** The schema allows so many. */
const most = 32;

/** What the spec asks for and cannot have, or will regret: everything accepted is acted on or named here. */
export function warnings(world: Pick<World, "server" | "servedKinds" | "dittofs" | "claims">): readonly string[] {
  const { server, dittofs } = world;
  return [
    ...serviceWarnings(server),
    ...classWarnings(world),
    ...clientAddressWarnings(server),
    ...metricsWarnings(world),
    ...memoryWarnings(server),
    ...apiTlsWarnings(server),
    ...portmapperWarnings(server),
    ...extraConfigWarnings(server),
    ...identityWarnings(server),
    ...keptUserWarnings(dittofs),
    ...shareWarnings({ server, dittofs }),
  ].slice(0, most);
}

const namedUsers = 10;

function keptUserWarnings(dittofs: World["dittofs"]): readonly string[] {
  const kept = dittofs.kind === "answered" ? dittofs.keptUsers : [];
  if (kept.length === 0) return [];
  const more = kept.length > namedUsers ? ` and ${kept.length - namedUsers} more` : "";
  return [
    `spec.users no longer names ${kept.slice(0, namedUsers).join(", ")}${more}, who can still log in: set enabled to false instead, or remove them with "dfsctl user delete".`,
  ];
}

function serviceWarnings(server: DittoServer): readonly string[] {
  const services = [
    ...fileProtocols(server).map(({ protocol }) => ({
      path: `spec.${protocol}.service`,
      ...adapterServiceSettings(server, protocol),
    })),
    { path: "spec.service", type: server.spec.service.type, settings: server.spec.service },
  ];
  return services.flatMap(({ path, type, settings }) =>
    inertSettings(type, settings).map(
      (field) => `${path}.${field} has no effect on a Service of type ${type}. Remove it, or set another type.`,
    ),
  );
}

function extraConfigWarnings({ spec }: DittoServer): readonly string[] {
  const keys = Object.keys(spec.extraConfig ?? {}).toSorted();
  if (keys.length === 0) return [];
  return [
    `spec.extraConfig sets ${keys.slice(0, 10).join(", ")} unchecked. A wrong key or value keeps the server from starting.`,
  ];
}
