import type { DittoServer, DittoServerSpec } from "../../api/ditto-server.ts";
import { durationMs } from "../duration.ts";
import type { AdapterCalls, WantedAdapter } from "./adapters.ts";
import type { Call, Change } from "./change.ts";
import type { LiveDittoFs } from "./live-dittofs.ts";

type SettingValue = string | number | boolean | readonly string[];
/** In the server's words and units. */
export type ProtocolSettings = Readonly<Record<string, SettingValue>>;

export type WantedProtocolSettings = { readonly type: "nfs" | "smb"; readonly settings: ProtocolSettings };

export type ProtocolSettingsCalls = { readonly patchProtocolSettings: WantedProtocolSettings };
type WantedSettings = {
  readonly protocolSettings: readonly WantedProtocolSettings[];
  readonly adapters: readonly WantedAdapter[];
};
type SettingsCalls = ProtocolSettingsCalls & AdapterCalls;

/** Of a protocol that is off, nothing is asked. */
export function wantedProtocolSettings({ spec }: DittoServer): readonly WantedProtocolSettings[] {
  return [
    { type: "nfs", isEnabled: spec.nfs.enabled, settings: nfsSettings(spec.nfs.settings ?? {}) } as const,
    { type: "smb", isEnabled: spec.smb.enabled, settings: smbSettings(spec.smb.settings ?? {}) } as const,
  ].flatMap(({ type, isEnabled, settings }) =>
    isEnabled && Object.keys(settings).length > 0 ? [{ type, settings }] : [],
  );
}

function nfsSettings(settings: NonNullable<DittoServerSpec["nfs"]["settings"]>): ProtocolSettings {
  return defined({
    lease_time: secondsOf(settings.leaseTime),
    grace_period: secondsOf(settings.gracePeriod),
    delegations_enabled: settings.delegationsEnabled,
    max_delegations: settings.maxDelegations,
    max_connections: settings.maxConnections,
    portmapper_enabled: settings.portmapper,
    udp_enabled: settings.udp,
    blocked_operations: settings.blockedOperations,
  });
}

function smbSettings(settings: NonNullable<DittoServerSpec["smb"]["settings"]>): ProtocolSettings {
  return defined({
    min_dialect: settings.minDialect,
    max_dialect: settings.maxDialect,
    signing: settings.signing,
    enable_encryption: settings.encryption,
    max_connections: settings.maxConnections,
    max_sessions: settings.maxSessions,
    session_timeout: secondsOf(settings.sessionTimeout),
    directory_leasing_enabled: settings.directoryLeasing,
  });
}

function defined(settings: Readonly<Record<string, SettingValue | undefined>>): ProtocolSettings {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );
}

function secondsOf(duration: string | undefined): number | undefined {
  return duration === undefined ? undefined : durationMs(duration) / 1000;
}

/** Settings that an adapter heeds only when it starts. */
const readAtStart = new Set(["portmapper_enabled", "udp_enabled"]);

/** Only what differs is sent: a PUT of all would set what the spec does not name to zero. */
export function protocolSettingsChanges(
  { protocolSettings, adapters }: WantedSettings,
  live: Pick<LiveDittoFs, "protocolSettings">,
): readonly Change<SettingsCalls>[] {
  return protocolSettings.map(({ type, settings }) => {
    const ref = { family: "protocolSettings", name: type, needs: [], detail: settingsDetail(type) } as const;
    const read = live.protocolSettings.get(type);
    if (read?.kind === "unreadable")
      return {
        ...ref,
        calls: [],
        what: "",
        problem: `The settings of adapter ${type} cannot be read: ${read.message}`,
      };
    const differing = Object.entries(settings).filter(([name, value]) => !isSame(value, read?.settings[name]));
    if (differing.length === 0) return { ...ref, calls: [], what: "" };
    return {
      ...ref,
      needs: [{ family: "adapter", name: type }],
      calls: settingsCalls({ type, settings: Object.fromEntries(differing) }, adapters),
      what: differing.map(([name, value]) => `${name} -> ${String(value)}`).join(", "),
    };
  });
}

/**
 * An adapter that has to start again is off before its settings change: whoever is interrupted in between finds it off, or
 * the settings not set, and never an adapter that runs without what it shows.
 */
function settingsCalls(
  body: WantedProtocolSettings,
  adapters: readonly WantedAdapter[],
): readonly Call<SettingsCalls>[] {
  const patch = { name: "patchProtocolSettings", body } as const;
  const adapter = adapters.find(({ type }) => type === body.type);
  if (adapter === undefined || !Object.keys(body.settings).some((name) => readAtStart.has(name))) return [patch];
  const put = (enabled: boolean) => ({ name: "putAdapter", body: { ...adapter, enabled } }) as const;
  return [put(false), patch, put(true)];
}

/** The key under which the settings of an adapter are read. */
export function settingsDetail(type: string): string {
  return `settings ${type}`;
}

function isSame(wanted: SettingValue, live: unknown): boolean {
  if (typeof wanted !== "object") return wanted === live;
  return Array.isArray(live) && live.length === wanted.length && wanted.every((item) => live.includes(item));
}
