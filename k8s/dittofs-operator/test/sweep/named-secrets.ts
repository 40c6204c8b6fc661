import { aKeytab } from "../../double/testing/keytab.ts";
import { aKeyFile } from "../../src/domain/testing/a-key-file.ts";
import { certificateAuthority } from "../../src/kubernetes/testing/certificate.ts";

/** A Secret that a spec names, with a usable value under every key that it names or means. */
export type NamedSecret = { readonly name: string; readonly data: Readonly<Record<string, string>> };

type Reference = { readonly name: string } & Readonly<Record<string, string>>;

const authority = certificateAuthority("the lab");
/** Whatever the server's name is, and for whoever asks it to be known. */
const certified = authority.issue("*.default.svc");
/** A place of its own by the name of the Secret, of which one with another ending, or another key, has another password for the same place. */
const databaseHost = (secretName: string) => `${secretName.replace(/-b$/, "")}.example.com`;
const databaseUri = (secretName: string, key: string) =>
  `postgresql://dittofs:${secretName}-${key}@${databaseHost(secretName)}:5432/dittofs`;

/** Of Secrets that are named without keys. */
const certificates = { "tls.crt": certified.cert, "tls.key": certified.key, "ca.crt": authority.cert };

/** Every Secret that is named in a spec, as often as it is. */
export function namedSecrets(value: unknown, parent = ""): readonly NamedSecret[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([field, child]: [string, unknown]) => {
    if (typeof child === "string") return /(cert|CA)SecretName$/i.test(field) ? [secret(child, certificates)] : [];
    if (!/^(secretRef|.*SecretRef|bearerTokenSecret)$/.test(field)) return namedSecrets(child, field);
    return [ofReference(child as Reference, parent === "postgres" ? `postgres ${field}` : field)]; // by its name in the schema
  });
}

/** What Percona's operator makes beside a cluster. */
export function perconaSecrets(names: {
  readonly userSecret: string;
  readonly certificateSecret: string;
}): readonly NamedSecret[] {
  const { userSecret } = names;
  const place = {
    host: databaseHost(userSecret),
    port: "5432",
    dbname: "dittofs",
    user: "dittofs",
    password: "choose-it",
  };
  return [
    secret(userSecret, { ...place, uri: databaseUri(userSecret, "uri") }),
    secret(names.certificateSecret, certificates),
  ];
}

function ofReference({ name, ...named }: Reference, field: string): NamedSecret {
  if (field === "keySecretRef") return encryptionKey(name, named);
  const keys = [...Object.values(named), "access-key-id", "secret-access-key"];
  return secret(name, Object.fromEntries(keys.map((key) => [key, usableValue(field, name, key)])));
}

/** Under another key of the Secret it is another master key; in another Secret the same one with another passphrase. */
function encryptionKey(name: string, named: Readonly<Record<string, string>>): NamedSecret {
  const { keyFileKey = "key.pem", passphraseKey = "passphrase" } = named;
  return secret(name, { [keyFileKey]: aKeyFile(keyFileKey.replaceAll(".", "-"), name), [passphraseKey]: name });
}

/** A text is long enough for a signing secret, and short enough for a password. */
function usableValue(field: string, name: string, key: string): string | Buffer {
  if (/keytab/i.test(field)) return aKeytab();
  if (/^(postgres )?ca/.test(field)) return authority.cert;
  if (/^postgres ?secretRef$/i.test(field)) return databaseUri(name, key);
  return `${name}-${key}-of-at-least-32-characters`.slice(0, 72);
}

function secret(name: string, values: Readonly<Record<string, string | Buffer>>): NamedSecret {
  const encoded = Object.entries(values).map(([key, value]) => [key, Buffer.from(value).toString("base64")] as const);
  return { name, data: Object.fromEntries(encoded) };
}
