import type { Container, EnvVar } from "kubernetes-types/core/v1";
import type { DittoServer } from "../../../api/ditto-server.ts";
import { databaseCertificates, databasePassword } from "../../secrets/mounted-secrets.ts";
import { resources } from "./resources.ts";
import { secretEnvironment, secretMounts } from "./secret-volumes.ts";
import { containerSecurityContext } from "./security.ts";

/** Name of the container, by which the pod's status is read. */
export const waitContainerName = "wait-for-postgres";

type WaitInputs = { readonly database: readonly EnvVar[]; readonly operatorImage: string };

/** Waits for the database and says what is wrong with it: the file server itself would end again and again, in few words. */
export function waitForPostgres(server: DittoServer, { database, operatorImage }: WaitInputs): Container {
  const wantedResources = resources(server);
  const password = secretEnvironment(server).filter(({ name }) => name === databasePassword.delivery.variable);
  const certificates = secretMounts(server).filter(({ name }) => name === databaseCertificates.delivery.volume);
  return {
    name: waitContainerName,
    image: operatorImage,
    args: ["wait-for-postgres"],
    env: [...password, ...database.filter(({ name }) => name !== "DATABASE_URL")],
    ...(wantedResources !== undefined && { resources: wantedResources }),
    volumeMounts: [{ name: "tmp", mountPath: "/tmp" }, ...certificates],
    securityContext: containerSecurityContext(server),
  };
}
