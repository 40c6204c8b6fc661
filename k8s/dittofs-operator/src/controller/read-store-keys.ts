import { storeSecret } from "../domain/secrets/store-credentials.ts";
import type { StoreKeysRead } from "./provision/pass.ts";
import { type PasswordInputs, readSecretValue } from "./read-password.ts";

/** Reads the access key of a declared remote store. */
export async function readStoreKeys(storeName: string, inputs: PasswordInputs): Promise<StoreKeysRead> {
  const store = inputs.server.spec.stores?.remote?.find(({ name }) => name === storeName);
  const secret = store === undefined ? undefined : storeSecret(store);
  if (secret === undefined) return { kind: "absent", message: `The spec names no Secret for store ${storeName}.` };
  const { name, accessKeyIdKey, secretAccessKeyKey } = secret;
  const id = await readSecretValue("the id of the access key", { name, key: accessKeyIdKey }, inputs);
  if (id.kind === "absent") return id;
  const key = await readSecretValue("the access key", { name, key: secretAccessKeyKey }, inputs);
  if (key.kind === "absent") return key;
  return { kind: "present", accessKeyId: id.password, secretAccessKey: key.password };
}
