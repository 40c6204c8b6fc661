import { storeDatabaseSecret } from "../domain/database/store-databases.ts";
import { postgresUri } from "./postgres-uri.ts";
import type { PasswordRead } from "./provision/pass.ts";
import { type PasswordInputs, readSecretValue } from "./read-password.ts";

/** Reads the password of a metadata store's database: out of the URI that its Secret holds, or beside the other parts. */
export async function readStorePassword(storeName: string, inputs: PasswordInputs): Promise<PasswordRead> {
  const reference = storeDatabaseSecret(inputs.server, storeName);
  if (reference === undefined)
    return { kind: "absent", message: `The spec names no Secret for metadata store ${storeName}.` };
  const value = await readSecretValue("the place of its database", reference, inputs);
  const place = value.kind === "present" ? postgresUri(value.password)?.place : undefined;
  if (place === undefined)
    return await readSecretValue("the database's password", { ...reference, key: "password" }, inputs);
  if ("problem" in place) return { kind: "absent", message: `The URI in Secret ${reference.name} ${place.problem}.` };
  return { kind: "present", password: Buffer.from(place.password.base64(), "base64").toString("utf8") };
}
