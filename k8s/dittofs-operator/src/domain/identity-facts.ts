import type { Pod } from "kubernetes-types/core/v1";
import type { DittoServer } from "../api/ditto-server.ts";
import {
  keytab,
  krb5Conf,
  ldapCa,
  ldapClientCertificate,
  ldapClientKey,
  machineKeytab,
  machineSecret,
} from "./secrets/identity-secrets.ts";
import type { Delivery, MountedSecret, SecretReference } from "./secrets/mounted-secrets.ts";
import { namedPassword, type SecretsSeen, type UserPassword } from "./secrets/user-passwords.ts";

export type ProviderType = "ldap" | "kerberos";

/** What the cluster says of the server's directories and domains. */
export type IdentityFacts = {
  /** What the server is told and never shows: the bind password, and the password of the machine account. */
  readonly secrets: Readonly<Partial<Record<ProviderType, UserPassword>>>;
  /** Why the running pod cannot serve a provider yet; people read it. */
  readonly lacks: Readonly<Partial<Record<ProviderType, string>>>;
  /** Whether the running pod mounts a keytab: then the server may have Kerberos on, whatever the spec says now. */
  readonly hasKeytab: boolean;
};

export const noIdentity: IdentityFacts = { secrets: {}, lacks: {}, hasKeytab: false };

type FileRow = MountedSecret & { readonly delivery: Extract<Delivery, { kind: "file" }> };

const files: Readonly<Record<ProviderType, readonly FileRow[]>> = {
  ldap: [ldapCa, ldapClientCertificate, ldapClientKey],
  kerberos: [keytab, krb5Conf, machineKeytab],
};

export function identityFacts(seen: SecretsSeen & { readonly pod: Pod }): IdentityFacts {
  const { server, pod } = seen;
  const lacking = (type: ProviderType) => files[type].find((row) => isLacking(row, server, pod));
  const [ldap, kerberos] = [lacking("ldap"), lacking("kerberos")];
  const passwords = { ldap: bindPassword(seen), kerberos: machinePassword(seen) };
  return {
    secrets: {
      ...(passwords.ldap !== undefined && { ldap: passwords.ldap }),
      ...(passwords.kerberos !== undefined && { kerberos: passwords.kerberos }),
    },
    lacks: {
      ...(ldap !== undefined && { ldap: lackText(ldap, server) }),
      ...(kerberos !== undefined && { kerberos: lackText(kerberos, server) }),
    },
    hasKeytab: mountsKeytab(pod),
  };
}

function mountsKeytab(pod: Pod | undefined): boolean {
  return pod?.spec?.volumes?.some(({ name }) => name === keytab.delivery.volume) === true;
}

/** The Secret with what a provider is told and never shows. */
export function providerSecret({ spec }: DittoServer, type: ProviderType): SecretReference | undefined {
  const { ldap, kerberos } = spec.identity;
  return type === "ldap" ? ldap?.bindPasswordSecretRef : kerberos?.machineAccount?.secretRef;
}

function bindPassword(seen: SecretsSeen): UserPassword | undefined {
  const reference = seen.server.spec.identity.ldap?.enabled === true ? providerSecret(seen.server, "ldap") : undefined;
  return reference && namedPassword({ of: "ldap", title: "the bind password", reference }, seen);
}

function machinePassword(seen: SecretsSeen): UserPassword | undefined {
  const reference = machineSecret.reference(seen.server);
  return reference && namedPassword({ of: "machineAccount", title: "the machine account's password", reference }, seen);
}

function isLacking(row: FileRow, server: DittoServer, pod: Pod): boolean {
  const source = row.reference(server);
  if (source === undefined) return false;
  const { volume, fileName } = row.delivery;
  const secret = pod.spec?.volumes?.find(({ name }) => name === volume)?.secret;
  const isMounted = secret?.items?.some(({ key, path }) => key === source.key && path === fileName) === true;
  return secret?.secretName !== source.name || !isMounted;
}

function lackText(row: FileRow, server: DittoServer): string {
  return `waits for a pod that mounts Secret ${row.reference(server)?.name ?? ""} (${row.field}).`;
}
