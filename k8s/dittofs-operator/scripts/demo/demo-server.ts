import { API_VERSION, KIND } from "../../src/api/group.ts";
import type { Endpoint, ShareStatus } from "../../src/api/status.ts";
import { adminSecretName, podName } from "../../src/domain/names.ts";
import type { KubernetesObject } from "../../src/runtime/kubernetes-api.ts";
import type { ObjectRef } from "../../test/cluster/object-ref.ts";
import type { Conditions } from "./condition-turns.ts";
import { assertClaim } from "./demo-failure.ts";
import { logIn, type ServerRest } from "./server-rest.ts";
import type { Stage } from "./stage.ts";

/** The name in config/samples/minimal.yaml. */
export const serverName = "files";
const named = { metadata: { name: serverName } };

/** Everything that belongs to the server, whoever made it. */
export const instanceSelector = `app.kubernetes.io/instance=${serverName}`;

export type ServerStatus = {
  readonly conditions?: Conditions;
  readonly endpoints?: readonly Endpoint[];
  readonly shares?: readonly ShareStatus[];
};

export function serverRef({ namespace }: Pick<Stage, "namespace">): ObjectRef {
  return { apiVersion: API_VERSION, kind: KIND, namespace, name: serverName };
}

export function podRef({ namespace }: Pick<Stage, "namespace">): ObjectRef {
  return { apiVersion: "v1", kind: "Pod", namespace, name: podName(named) };
}

export function serverStatus(server: KubernetesObject): ServerStatus {
  return server["status"] ?? {}; // the operator wrote it by the same schema
}

/** Logs in as the administrator, with the password that the operator generated. It is shown to nobody. */
export async function logInAsAdministrator(stage: Stage): Promise<ServerRest> {
  const { cluster, namespace } = stage;
  const name = adminSecretName(named);
  const secret = await cluster.get({ apiVersion: "v1", kind: "Secret", namespace, name });
  const { username, password } = (secret?.["data"] ?? {}) as Readonly<Record<string, string>>; // data of a Secret
  assertClaim(username !== undefined && password !== undefined, `the Secret ${name} has no username and password`);
  return await logIn(await stage.restAddress(), decoded(username), decoded(password));
}

function decoded(value: string): string {
  return Buffer.from(value, "base64").toString();
}
