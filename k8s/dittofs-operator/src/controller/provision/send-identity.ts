import { refKey } from "../../domain/provisioning/change.ts";
import { mappingKey } from "../../domain/provisioning/identity-mappings.ts";
import type { CallBodies } from "../../domain/provisioning/provisioning.ts";
import { type Asked, authorized } from "./authorized.ts";
import type { ProvisioningPass } from "./pass.ts";

export type IdentityCall = {
  readonly [Name in "putIdentityProvider" | "createIdentityMapping" | "removeIdentityMapping"]: {
    readonly name: Name;
    readonly body: CallBodies[Name];
  };
}["putIdentityProvider" | "createIdentityMapping" | "removeIdentityMapping"];

/** Why the secret of a provider is not to be had. */
export type NoSecret = { readonly code: "noSecret"; readonly message: string };

/** Sends what concerns directories and domains, and remembers what the server will not show. */
export async function sendIdentity(pass: ProvisioningPass, call: IdentityCall): Promise<Asked<unknown> | NoSecret> {
  switch (call.name) {
    case "putIdentityProvider":
      return await putProvider(pass, call.body);
    case "createIdentityMapping": {
      // Before it is made: an answer that gets lost must not make a mapping of ours look like one made by hand.
      pass.session.appliedMappings?.add(mappingKey(call.body.principal));
      return await authorized(pass, (api, signal) => api.createIdentityMapping(call.body, signal));
    }
    case "removeIdentityMapping": {
      const answer = await authorized(pass, (api, signal) => api.removeIdentityMapping(call.body, signal));
      return answer.code === "notFound" ? { code: "ok", value: undefined } : answer;
    }
    default:
      return call satisfies never;
  }
}

async function putProvider(
  pass: ProvisioningPass,
  { type, settings, secretDigest }: CallBodies["putIdentityProvider"],
): Promise<Asked<unknown> | NoSecret> {
  const read = secretDigest === undefined ? undefined : await pass.readProviderSecret(type);
  if (read?.kind === "absent") return { code: "noSecret", message: read.message };
  const body = { type, settings, ...(read !== undefined && { secret: read.password }) };
  const answer = await authorized(pass, (api, signal) => api.putIdentityProvider(body, signal));
  const { session } = pass;
  if (answer.code !== "ok") return answer;
  // The process has taken up what it was told: it started with nothing else.
  if (answer.needsRestart !== true) session.loadedSettings?.delete(refKey({ family: "identityProvider", name: type }));
  if (secretDigest === undefined) session.appliedProviders?.delete(type);
  else session.appliedProviders?.set(type, secretDigest);
  return answer;
}
