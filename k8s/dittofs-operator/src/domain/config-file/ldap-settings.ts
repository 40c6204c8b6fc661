import type { DittoServer } from "../../api/ditto-server.ts";
import { canonicalDuration } from "../duration.ts";
import { mountedPath } from "../mounted-path.ts";
import { ldapCa, ldapClientCertificate, ldapClientKey } from "../secrets/identity-secrets.ts";

type Ldap = NonNullable<DittoServer["spec"]["identity"]["ldap"]>;

/** The directory in the server's words, each spelled out, because the server replaces all of them; without the password. */
export function ldapSettings(ldap: Ldap) {
  return {
    enabled: ldap.enabled,
    url: ldap.url ?? "",
    start_tls: ldap.startTLS,
    allow_plaintext: ldap.allowPlaintext,
    base_dn: ldap.baseDN ?? "",
    bind_dn: ldap.bindDN ?? "",
    user_attr: ldap.userAttr ?? "sAMAccountName",
    realm: ldap.realm ?? "",
    idmap: ldap.idmap ?? "rfc2307",
    nested_groups: ldap.nestedGroups ?? false,
    timeout: canonicalDuration(ldap.timeout ?? "10s"),
    max_group_results: ldap.maxGroupResults ?? 200,
    tls: {
      ca_cert_file: ldap.caCertSecretRef === undefined ? (ldap.caCertFile ?? "") : mountedPath(ldapCa),
      client_cert_file: ldap.clientCertSecretName === undefined ? "" : mountedPath(ldapClientCertificate),
      client_key_file: ldap.clientCertSecretName === undefined ? "" : mountedPath(ldapClientKey),
      insecure_skip_verify: ldap.insecureSkipVerify ?? false,
      min_version: ldap.minTLSVersion ?? "",
    },
  };
}
