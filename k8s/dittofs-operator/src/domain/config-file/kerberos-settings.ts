import type { DittoServer } from "../../api/ditto-server.ts";
import { canonicalDuration } from "../duration.ts";
import { mountedPath } from "../mounted-path.ts";
import { keytab, krb5Conf, machineKeytab } from "../secrets/identity-secrets.ts";

type Kerberos = NonNullable<DittoServer["spec"]["identity"]["kerberos"]>;

/** Name of the krb5.conf that stands in where the spec gives none, and of its key in the ConfigMap. */
export const defaultKrb5ConfName = "krb5.conf";

/** To accept tickets the server needs nothing of a krb5.conf but that there is one: without, it does not start. */
export const defaultKrb5Conf = "[libdefaults]\n  dns_lookup_kdc = true\n";

export function needsDefaultKrb5Conf({ spec: { identity } }: DittoServer): boolean {
  const { kerberos } = identity;
  return kerberos?.enabled === true && kerberos.krb5ConfSecretRef === undefined && kerberos.krb5Conf === undefined;
}

/**
 * Kerberos in the server's words, the same in its file and its REST API. Everything is spelled out, also what the server
 * makes of what is left out, because it shows that.
 */
export function kerberosSettings(kerberos: Kerberos) {
  const { servicePrincipal = "", machineAccount } = kerberos;
  const realm = kerberos.realm ?? realmOf(servicePrincipal);
  return {
    enabled: kerberos.enabled,
    keytab_path: mountedPath(keytab),
    service_principal: servicePrincipal,
    realm,
    netbios_domain: kerberos.netbiosDomain ?? "",
    dns_domain: kerberos.dnsDomain ?? realm.toLowerCase(),
    krb5_conf: krb5ConfPath(kerberos),
    max_clock_skew: canonicalDuration(kerberos.maxClockSkew ?? "5m"),
    context_ttl: canonicalDuration(kerberos.contextTTL ?? "8h"),
    max_contexts: kerberos.maxContexts ?? 10_000,
    machine_account:
      machineAccount?.enabled === true
        ? {
            enabled: true,
            account_name: machineAccount.accountName ?? "",
            ...(machineAccount.keytabSecretRef !== undefined && { keytab_path: mountedPath(machineKeytab) }),
            ...((machineAccount.dcAddress ?? []).length > 0 && { dc_address: machineAccount.dcAddress ?? [] }),
          }
        : { enabled: false },
  };
}

function realmOf(principal: string): string {
  const at = principal.lastIndexOf("@");
  return at < 0 ? "" : principal.slice(at + 1);
}

function krb5ConfPath(kerberos: Kerberos): string {
  if (kerberos.krb5ConfSecretRef !== undefined) return mountedPath(krb5Conf);
  return kerberos.krb5Conf ?? `/config/${defaultKrb5ConfName}`;
}
