/** One setting of a protocol adapter: default value, allowed values, and whether the server keeps it. */
export interface AdapterSetting {
  readonly name: string;
  readonly value: string | number | boolean | readonly string[];
  readonly least?: number;
  readonly most?: number;
  readonly oneOf?: readonly string[];
  readonly mayBeEmpty?: boolean;
  /** Accepted and answered, but gone at the next read. */
  readonly isForgotten?: boolean;
  /** Unknown to "reset one setting". */
  readonly cannotReset?: boolean;
}

const number = (name: string, value: number, least: number, most: number): AdapterSetting => ({
  name,
  value,
  least,
  most,
});
const flag = (name: string, value = false): AdapterSetting => ({ name, value });
const versions = ["3", "4.0", "4.1"];
const dialects = ["SMB2.0", "SMB2.1", "SMB3.0", "SMB3.0.2", "SMB3.1.1"];
const transfer = (name: string): AdapterSetting => number(name, 1_048_576, 4096, 16_777_216);

const nfs: readonly AdapterSetting[] = [
  { name: "min_version", value: "3", oneOf: versions },
  { name: "max_version", value: "4.1", oneOf: versions },
  number("lease_time", 90, 10, 3600),
  number("grace_period", 90, 10, 3600),
  number("delegation_recall_timeout", 90, 10, 600),
  number("callback_timeout", 5, 1, 60),
  number("lease_break_timeout", 35, 5, 120),
  number("max_connections", 0, 0, 100_000),
  number("max_clients", 10_000, 1, 1_000_000),
  number("max_compound_ops", 50, 4, 1000),
  transfer("max_read_size"),
  transfer("max_write_size"),
  transfer("preferred_transfer_size"),
  flag("delegations_enabled", true),
  number("max_delegations", 10_000, 0, 1_000_000),
  number("dir_deleg_batch_window_ms", 50, 0, 5000),
  { ...number("v4_min_minor_version", 0, 0, 2), isForgotten: true },
  { ...number("v4_max_minor_version", 2, 0, 2), isForgotten: true },
  { ...number("v4_max_connections_per_session", 16, 0, 1024), isForgotten: true },
  { name: "blocked_operations", value: [] },
  flag("portmapper_enabled"),
  number("portmapper_port", 10_111, 1, 65_535),
  flag("portmapper_register_with_system"),
  { ...flag("udp_enabled"), cannotReset: true },
  flag("mdns_enabled"),
];

const smb: readonly AdapterSetting[] = [
  { name: "min_dialect", value: "SMB2.0", oneOf: dialects },
  { name: "max_dialect", value: "SMB3.1.1", oneOf: dialects },
  number("session_timeout", 900, 60, 86_400),
  number("oplock_break_timeout", 35, 5, 120),
  number("max_connections", 0, 0, 100_000),
  number("max_sessions", 10_000, 1, 1_000_000),
  flag("enable_encryption"),
  { name: "signing", value: "", oneOf: ["disabled", "enabled", "required"], mayBeEmpty: true },
  flag("directory_leasing_enabled", true),
  { name: "blocked_operations", value: [] },
  flag("mdns_enabled"),
  flag("wsdiscovery_enabled"),
];

/** The settings of an adapter type, in the order in which the server shows them; none for a type that it does not know. */
export function adapterSettings(type: string): readonly AdapterSetting[] {
  if (type === "nfs") return nfs;
  return type === "smb" ? smb : [];
}

export function defaultSettings(type: string): Readonly<Record<string, unknown>> {
  return Object.fromEntries(adapterSettings(type).map((setting) => [setting.name, setting.value]));
}
