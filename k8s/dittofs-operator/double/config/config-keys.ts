/** How the server reads one configuration key. Durations are kept in milliseconds; `size` is a plain number of bytes. */
export interface ConfigKey {
  readonly type: "string" | "integer" | "size" | "number" | "boolean" | "duration" | "list" | "map";
  readonly default?: string | number | boolean;
  readonly oneOf?: readonly string[];
  readonly least?: number;
  readonly most?: number;
  /** A negative value means the default, like zero. */
  readonly orLess?: boolean;
}

const text = (value?: string): ConfigKey =>
  value === undefined ? { type: "string" } : { type: "string", default: value };
const oneOf = (value: string, ...oneOf: string[]): ConfigKey => ({ type: "string", default: value, oneOf });
const integer = (value?: number): ConfigKey =>
  value === undefined ? { type: "integer" } : { type: "integer", default: value };
const size = (value?: number): ConfigKey => (value === undefined ? { type: "size" } : { type: "size", default: value });
const port = (value: number): ConfigKey => ({ type: "integer", default: value, least: 1, most: 65535 });
const atLeast = (least: number, value?: number): ConfigKey => ({ ...integer(value), least });
const flag = (value = false): ConfigKey => ({ type: "boolean", default: value });
const list: ConfigKey = { type: "list" };
const ms = (value: number): ConfigKey => ({ type: "duration", default: value });
const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

function tls(prefix: string): Record<string, ConfigKey> {
  return {
    [`${prefix}.cert_file`]: text(),
    [`${prefix}.key_file`]: text(),
    [`${prefix}.client_ca`]: text(),
    [`${prefix}.min_version`]: oneOf("1.2", "1.2", "1.3"),
  };
}

/** Every key that `dfs` v0.29 knows, in the order of its configuration. */
export const configKeys: Readonly<Record<string, ConfigKey>> = {
  "logging.level": oneOf("INFO", "DEBUG", "INFO", "WARN", "ERROR"),
  "logging.format": oneOf("text", "text", "json"),
  "logging.output": text(),
  "logging.rotation.max_size": integer(100),
  "logging.rotation.max_backups": integer(0),
  "logging.rotation.max_age": integer(0),
  "logging.rotation.compress": flag(),

  shutdown_timeout: { ...ms(30 * second), least: 0 },

  "database.type": oneOf("sqlite", "sqlite", "postgres"),
  "database.sqlite.path": text(),
  "database.postgres.host": text(),
  "database.postgres.port": integer(5432),
  "database.postgres.database": text(),
  "database.postgres.user": text(),
  "database.postgres.password": text(),
  "database.postgres.sslmode": text("disable"),
  "database.postgres.ssl_root_cert": text(),
  "database.postgres.max_open_conns": atLeast(0, 25),
  "database.postgres.max_idle_conns": atLeast(0, 5),

  "controlplane.host": text("127.0.0.1"),
  "controlplane.port": port(8080),
  "controlplane.read_timeout": ms(10 * second),
  "controlplane.write_timeout": ms(10 * second),
  "controlplane.idle_timeout": ms(minute),
  "controlplane.drain_stall_timeout": ms(5 * minute),
  "controlplane.jwt.secret": text(),
  "controlplane.jwt.access_token_duration": ms(15 * minute),
  "controlplane.jwt.refresh_token_duration": ms(168 * hour),
  ...tls("controlplane.tls"),
  "controlplane.pprof": flag(),
  "controlplane.pprof_mutex_rate": atLeast(0),
  "controlplane.pprof_block_rate_ns": atLeast(0),
  "controlplane.require_initial_password_change": flag(true),

  "admin.username": text("admin"),
  "admin.email": text(),
  "admin.password_hash": text(),

  "kerberos.enabled": flag(),
  "kerberos.keytab_path": text(),
  "kerberos.service_principal": text(),
  "kerberos.realm": text(),
  "kerberos.netbios_domain": text(),
  "kerberos.dns_domain": text(),
  "kerberos.krb5_conf": text(),
  "kerberos.max_clock_skew": { ...ms(5 * minute), least: 0 },
  "kerberos.context_ttl": { ...ms(8 * hour), least: 0 },
  "kerberos.max_contexts": atLeast(0, 10_000),
  "kerberos.identity_mapping.strategy": oneOf("static", "static"),
  "kerberos.identity_mapping.static_map": { type: "map" },
  "kerberos.identity_mapping.default_uid": size(65534),
  "kerberos.identity_mapping.default_gid": size(65534),
  "kerberos.machine_account.enabled": flag(),
  "kerberos.machine_account.account_name": text(),
  "kerberos.machine_account.secret": text(),
  "kerberos.machine_account.keytab_path": text(),
  "kerberos.machine_account.dc_address": list,
  "kerberos.machine_account.online_join.enabled": flag(),
  "kerberos.machine_account.online_join.ldap_url": text(),
  "kerberos.machine_account.online_join.start_tls": flag(),
  "kerberos.machine_account.online_join.bind_dn": text(),
  "kerberos.machine_account.online_join.bind_password": text(),
  "kerberos.machine_account.online_join.base_dn": text(),
  "kerberos.machine_account.online_join.ou": text(),
  "kerberos.machine_account.online_join.dns_host_name": text(),
  "kerberos.machine_account.online_join.spns": list,
  "kerberos.machine_account.online_join.rotation_interval": { ...ms(0), least: 0 },
  "kerberos.machine_account.online_join.ca_cert_file": text(),
  "kerberos.machine_account.online_join.insecure_skip_verify": flag(),

  "blockstore.local.default_remote_cache_size": size(10 * 2 ** 30),
  "blockstore.local.backpressure_max_wait": { ...ms(minute), orLess: true },
  "blockstore.local.max_log_bytes": size(0),

  "metadata.badger.block_cache_mb": atLeast(0, 0),
  "metadata.badger.index_cache_mb": atLeast(0, 0),

  "gc.grace_period": { ...ms(hour), orLess: true },
  "gc.dry_run_sample_size": integer(1000),
  "gc.compaction_live_ratio": { type: "number", default: 0, least: 0, most: 1 },
  "gc.auto_enabled": flag(true),
  "gc.auto_interval": ms(15 * minute),

  "snapshot.restore_http_timeout": { ...ms(30 * minute), least: 0 },
  "snapshot.scheduler_poll_interval": { ...ms(minute), least: 0 },
  "snapshot.scheduler_disabled": flag(),

  "metrics.enabled": flag(),
  "metrics.host": text("127.0.0.1"),
  "metrics.port": port(9090),
  "metrics.path": text("/metrics"),
  "metrics.auth": oneOf("none", "none", "token"),
  "metrics.token_file": text(),
  ...tls("metrics.tls"),

  "identity.machine_sid": text(),

  "ldap.enabled": flag(),
  "ldap.url": text(),
  "ldap.start_tls": flag(),
  "ldap.allow_plaintext": flag(),
  "ldap.base_dn": text(),
  "ldap.bind_dn": text(),
  "ldap.bind_password": text(),
  "ldap.user_attr": text("sAMAccountName"),
  "ldap.realm": text(),
  "ldap.idmap": text("rfc2307"),
  "ldap.nested_groups": flag(),
  "ldap.timeout": ms(10 * second),
  "ldap.max_group_results": integer(200),
  "ldap.tls.ca_cert_file": text(),
  "ldap.tls.client_cert_file": text(),
  "ldap.tls.client_key_file": text(),
  "ldap.tls.insecure_skip_verify": flag(),
  "ldap.tls.min_version": text(),
};
