export interface LdapAccess {
  readonly url: string;
  readonly start_tls: boolean;
  readonly allow_plaintext: boolean;
  readonly base_dn: string;
  readonly bind_dn: string;
  readonly bind_password: string;
  readonly idmap: string;
  readonly tls: { readonly min_version?: unknown };
}

/** Why the server refuses an enabled LDAP configuration, whether it comes from a file or a client. */
export function ldapProblem(config: LdapAccess): string | undefined {
  const url = config.url.trim().toLowerCase();
  if (url === "") return "ldap.url is required when ldap is enabled";
  if (!url.startsWith("ldap://") && !url.startsWith("ldaps://"))
    return `ldap.url must use the ldap:// or ldaps:// scheme (got "${config.url}")`;
  if (url.startsWith("ldap://") && !config.start_tls && !config.allow_plaintext)
    return "ldap.url uses plaintext ldap://; set ldap.start_tls or ldap.allow_plaintext to true";
  for (const key of ["base_dn", "bind_dn", "bind_password"] as const)
    if (config[key].trim() === "") return `ldap.${key} is required when ldap is enabled`;
  if (!["rfc2307", "rid"].includes(config.idmap))
    return `ldap.idmap "${config.idmap}" is not supported (use "rfc2307" or "rid")`;
  const version = config.tls.min_version;
  if (typeof version !== "string" || version === "" || version === "1.2" || version === "1.3") return undefined;
  return `ldap.tls.min_version "${version}" is not supported (use "1.2" or "1.3")`;
}
