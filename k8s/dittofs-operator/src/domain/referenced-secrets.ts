import type { DittoServer } from "../api/ditto-server.ts";
import { mountedSecrets } from "./mounted-secrets.ts";
import { storeSecretNames } from "./store-credentials.ts";

/** Names of the Secrets that the spec names, each once: the operator watches these, and reads no others. */
export function referencedSecretNames(server: DittoServer): readonly string[] {
  const ofUsers = (server.spec.users ?? []).flatMap(({ passwordSecretRef }) => passwordSecretRef?.name ?? []);
  return [
    ...new Set([
      ...mountedSecrets.flatMap((row) => row.reference(server)?.name ?? []),
      ...ofUsers,
      ...storeSecretNames(server),
    ]),
  ];
}
