import type { DittoServer } from "../api/ditto-server.ts";
import { type ProviderType, providerSecret } from "../domain/identity-facts.ts";
import { nextKey } from "../domain/secrets/generated-secrets.ts";
import { adminPassword, type SecretReference, secretSource } from "../domain/secrets/mounted-secrets.ts";
import { userSecret } from "../domain/secrets/user-passwords.ts";
import type { KubernetesApi } from "../runtime/kubernetes-api.ts";
import type { PasswordRead } from "./provision/pass.ts";
import { resources } from "./resources.ts";

export type PasswordInputs = {
  readonly server: DittoServer;
  readonly api: Pick<KubernetesApi, "get">;
  readonly signal: AbortSignal;
};

/** Reads the password with which the operator logs in, from the user's Secret or the generated one. */
export async function readAdminPassword(inputs: PasswordInputs): Promise<PasswordRead> {
  const isGenerated = inputs.server.spec.identity.admin.passwordSecretRef === undefined;
  const source = secretSource(adminPassword, inputs.server);
  return await readSecretValue("the administrator's password", renewable(source, isGenerated), inputs);
}

/** Reads the password of a declared user, from the user's Secret or the generated one. */
export async function readUserPassword(username: string, inputs: PasswordInputs): Promise<PasswordRead> {
  const user = inputs.server.spec.users?.find(({ name }) => name === username) ?? { name: username };
  const source = renewable(userSecret(inputs.server, user), user.passwordSecretRef === undefined);
  return await readSecretValue(`the password of ${username}`, source, inputs);
}

type RenewableReference = SecretReference & { readonly nextKey?: string };

/** Only what the operator generates is renewed by it. */
function renewable(source: SecretReference, isGenerated: boolean): RenewableReference {
  return isGenerated ? { ...source, nextKey: nextKey(source.key) } : source;
}

/** Reads what an identity provider is told and never shows. */
export async function readProviderSecret(type: ProviderType, inputs: PasswordInputs): Promise<PasswordRead> {
  const reference = providerSecret(inputs.server, type);
  if (reference === undefined) return absent("The spec names no Secret for it.");
  const title = type === "ldap" ? "the bind password" : "the machine account's password";
  return await readSecretValue(title, reference, inputs);
}

/** Reads one value of a Secret as text. `title` names the value in messages. */
export async function readSecretValue(
  title: string,
  { name, key, nextKey: next = "" }: RenewableReference,
  { server, api, signal }: PasswordInputs,
): Promise<PasswordRead> {
  const answer = await api.get(resources.secrets, { namespace: server.metadata.namespace, name }, signal);
  if (!answer.ok) {
    const { code, message } = answer.failure;
    return absent(`Secret ${name} with ${title} cannot be read (${code}): ${message}`);
  }
  const value = valueOf(answer.value["data"], key);
  if (value === undefined) return absent(`Secret ${name} has no key ${key} with ${title}. Add it.`);
  const nextValue = valueOf(answer.value["data"], next);
  if (nextValue === undefined) return { kind: "present", password: decoded(value) };
  return { kind: "present", password: decoded(nextValue), previous: decoded(value) };
}

function decoded(value: string): string {
  return Buffer.from(value, "base64").toString("utf8");
}

function absent(message: string): PasswordRead {
  return { kind: "absent", message };
}

function valueOf(data: unknown, key: string): string | undefined {
  if (typeof data !== "object" || data === null) return undefined;
  const value: unknown = new Map(Object.entries(data)).get(key);
  return typeof value === "string" && value !== "" ? value : undefined;
}
