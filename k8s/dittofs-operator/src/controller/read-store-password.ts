import { postgresUri } from "./postgres-uri.ts";
import type { PasswordRead } from "./provision/pass.ts";
import { type PasswordInputs, readSecretValue } from "./read-password.ts";

/** Reads the password of a metadata store's database: out of the URI that its Secret holds, or beside the other parts. */
export async function readStorePassword(storeName: string, inputs: PasswordInputs): Promise<PasswordRead> {
  const store = inputs.server.spec.stores?.metadata?.find(({ name }) => name === storeName);
  const reference = store?.postgres?.secretRef;
  if (reference === undefined)
    return { kind: "absent", message: `The spec names no Secret for metadata store ${storeName}.` };
  const title = "the place of its database";
  const value = await readSecretValue(title, reference, inputs);
  const place = value.kind === "present" ? postgresUri(value.password)?.place : undefined;
  if (place === undefined)
    return await readSecretValue("the database's password", { ...reference, key: "password" }, inputs);
  if ("problem" in place) return { kind: "absent", message: `The URI in Secret ${reference.name} ${place.problem}.` };
  return { kind: "present", password: Buffer.from(place.password.base64(), "base64").toString("utf8") };
}
