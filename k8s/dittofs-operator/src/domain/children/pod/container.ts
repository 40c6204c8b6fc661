import type { Container, EnvVar, PersistentVolumeClaim } from "kubernetes-types/core/v1";
import type { DittoServer } from "../../../api/ditto-server.ts";
import { configFileName } from "../../config-file/config-file.ts";
import { serverContainerName } from "../../names.ts";
import { containerPorts } from "../../protocol-ports.ts";
import { gracefulStop } from "./graceful-stop.ts";
import { probes } from "./probes.ts";
import { goMemoryLimit, resources } from "./resources.ts";
import { secretEnvironment } from "./secret-volumes.ts";
import { containerSecurityContext } from "./security.ts";
import { configDirectory, volumeMounts } from "./volumes.ts";

export type ContainerInputs = {
  readonly claims: readonly PersistentVolumeClaim[];
  /** What says where the database is. */
  readonly database: readonly EnvVar[];
};

export function serverContainer(server: DittoServer, { claims, database }: ContainerInputs): Container {
  const { image, imagePullPolicy } = server.spec;
  const wantedResources = resources(server);
  return {
    name: serverContainerName,
    image,
    ...(imagePullPolicy !== undefined && { imagePullPolicy }),
    command: ["/app/dfs"],
    args: ["start", "--foreground", "--config", `${configDirectory}/${configFileName}`],
    env: environment(server, database),
    ...variableSources(server),
    ports: containerPorts(server).map(({ protocol: name, containerPort }) => ({
      name,
      containerPort,
      protocol: "TCP",
    })),
    ...(wantedResources !== undefined && { resources: wantedResources }),
    volumeMounts: volumeMounts(server, claims),
    ...probes(server),
    lifecycle: gracefulStop,
    securityContext: containerSecurityContext(server),
  };
}

/** A variable of the list above wins over one of these. */
function variableSources({ spec }: DittoServer): Pick<Container, "envFrom"> {
  const { envFrom = [] } = spec.pod ?? {};
  return envFrom.length === 0 ? {} : { envFrom: envFrom.map((source) => ({ ...source })) };
}

function environment(server: DittoServer, database: readonly EnvVar[]): EnvVar[] {
  const own = (server.spec.pod?.env ?? []).map(({ name, value }) => ({ name, ...(value !== "" && { value }) }));
  const isOwn = new Set(own.map(({ name }) => name));
  const others = [...secretEnvironment(server), ...database, ...goMemoryLimit(server)];
  // A name that stood twice would make the API server refuse the whole pod.
  return [...others.filter(({ name }) => !isOwn.has(name)), ...own];
}
