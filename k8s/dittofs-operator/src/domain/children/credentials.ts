import type { Secret } from "kubernetes-types/core/v1";
import type { DittoServer } from "../../api/ditto-server.ts";
import { type Fresh, type GeneratedSecret, generatedUserSecret } from "../secrets/generated-secrets.ts";
import { mountedSecrets } from "../secrets/mounted-secrets.ts";
import { noRotation, type Rotation, rotatedSecret } from "../secrets/rotated-secret.ts";
import type { Wanted } from "../wanted-child.ts";
import { retainableMeta } from "./child-meta.ts";

type CredentialsInputs = {
  readonly server: DittoServer;
  readonly live: readonly Secret[];
  readonly fresh: Fresh;
  readonly rotation?: Rotation;
};

/** The Secrets of the process that the spec leaves to the operator: what signs the API's tokens, and the administrator's password. */
export function credentials(inputs: CredentialsInputs): readonly Wanted<"Secret", Secret>[] {
  return mountedSecrets.flatMap(({ reference, generated }) =>
    reference(inputs.server) === undefined && generated !== undefined
      ? [credential(generated(inputs.server), inputs)]
      : [],
  );
}

/** The passwords of users who have no Secret of their own. No process reads them. */
export function userCredentials(inputs: CredentialsInputs): readonly Wanted<"Secret", Secret>[] {
  return (inputs.server.spec.users ?? [])
    .filter(({ passwordSecretRef }) => passwordSecretRef === undefined)
    .map(({ name }) => credential(generatedUserSecret(inputs.server, name), inputs));
}

function credential(
  generated: GeneratedSecret,
  { server, live, fresh, rotation = noRotation }: CredentialsInputs,
): Wanted<"Secret", Secret> {
  const present = live.find((secret) => secret.metadata?.name === generated.name);
  const { data, annotations, isDrawn } = rotatedSecret(generated, present, { fresh, rotation });
  const resourceVersion = isDrawn ? present?.metadata?.resourceVersion : undefined;
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: {
      ...retainableMeta(server, { name: generated.name, component: "credentials", annotations }),
      ...(resourceVersion !== undefined && { resourceVersion }),
    },
    data,
  };
}
