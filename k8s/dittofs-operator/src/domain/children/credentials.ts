import type { Secret } from "kubernetes-types/core/v1";
import type { DittoServer } from "../../api/ditto-server.ts";
import { type Fresh, type GeneratedSecret, generatedData, generatedUserSecret } from "../generated-secrets.ts";
import { mountedSecrets } from "../mounted-secrets.ts";
import type { Wanted } from "../wanted-child.ts";
import { retainableMeta } from "./child-meta.ts";

type CredentialsInputs = {
  readonly server: DittoServer;
  readonly live: readonly Secret[];
  readonly fresh: Fresh;
};

/** The Secrets that the spec leaves to the operator: what signs the API's tokens, and passwords. */
export function credentials({ server, live, fresh }: CredentialsInputs): readonly Wanted<"Secret", Secret>[] {
  const mounted = mountedSecrets
    .filter((row) => row.reference(server) === undefined)
    .map((row) => row.generated(server));
  const ofUsers = (server.spec.users ?? [])
    .filter(({ passwordSecretRef }) => passwordSecretRef === undefined)
    .map(({ name }) => generatedUserSecret(server, name));
  return [...mounted, ...ofUsers].map((generated) => credential(generated, { server, live, fresh }));
}

function credential(generated: GeneratedSecret, { server, live, fresh }: CredentialsInputs): Wanted<"Secret", Secret> {
  const present = live.find((secret) => secret.metadata?.name === generated.name);
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: retainableMeta(server, { name: generated.name, component: "credentials" }),
    data: generatedData(generated, present, fresh),
  };
}
