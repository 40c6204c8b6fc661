import type { MountedSecret } from "./mounted-secrets.ts";

/** What opens the key files of remote stores. The schema sees to it that all stores name the same. */
export const encryptionPassphrase = {
  field: "spec.stores.remote[].s3.encryption.keySecretRef",
  reference: ({ spec }) => {
    const [secret] = (spec.stores?.remote ?? []).flatMap(({ s3 }) => s3?.encryption?.keySecretRef ?? []);
    return secret && { name: secret.name, key: secret.passphraseKey ?? "passphrase" };
  },
  delivery: { kind: "environment", variable: "DITTOFS_ENCRYPTION_PASSPHRASE" },
  problem: ({ lengthBytes }) => (lengthBytes > 0 ? undefined : "must not be empty"),
  needsRestart: () => true,
} satisfies MountedSecret;
