import type { DittoServer } from "../../api/ditto-server.ts";
import { kerberosSettings } from "../config-file/kerberos-settings.ts";
import { ldapSettings } from "../config-file/ldap-settings.ts";
import { durationMs } from "../duration.ts";
import type { IdentityFacts, ProviderType } from "../identity-facts.ts";
import type { UserPassword } from "../secrets/user-passwords.ts";
import type { Call, Change } from "./change.ts";
import type { LiveDittoFs } from "./live-dittofs.ts";

/** In the server's words. */
export type ProviderSettings = Readonly<Record<string, unknown>>;

export type WantedIdentityProvider =
  | {
      readonly type: ProviderType;
      readonly kind: "set";
      readonly settings: ProviderSettings;
      /** What the server is told besides and never shows. */
      readonly secret: UserPassword | undefined;
      /** What has to come first. */
      readonly lacks: string | undefined;
    }
  /** `dropped`: the spec says nothing of it any more. */
  | { readonly type: ProviderType; readonly kind: "off" | "dropped" };

export type IdentityProviderCalls = {
  /** Refused as long as the server's own process cannot use the settings. */
  readonly testIdentityProvider: { readonly type: ProviderType; readonly settings: ProviderSettings };
  /** `secretDigest`: of the secret that is put in where the call is made. */
  readonly putIdentityProvider: {
    readonly type: ProviderType;
    readonly settings: ProviderSettings;
    readonly secretDigest?: string;
    /** Nothing but the secret differs, which the server takes up at once whatever it answers. */
    readonly isSecretOnly: boolean;
  };
};

export function wantedIdentityProviders(
  { spec }: DittoServer,
  facts: IdentityFacts,
): readonly WantedIdentityProvider[] {
  const { ldap, kerberos } = spec.identity;
  return [
    ...(ldap === undefined ? [{ type: "ldap", kind: "dropped" } as const] : [wantedLdap(ldap, facts)]),
    ...(kerberos === undefined
      ? // Only a pod with a keytab can have Kerberos on by the operator's doing.
        facts.hasKeytab
        ? [{ type: "kerberos", kind: "dropped" } as const]
        : []
      : [wantedKerberos(kerberos, facts)]),
  ];
}

function wantedLdap(
  ldap: NonNullable<DittoServer["spec"]["identity"]["ldap"]>,
  { secrets, lacks }: IdentityFacts,
): WantedIdentityProvider {
  if (!ldap.enabled) return { type: "ldap", kind: "off" };
  return { type: "ldap", kind: "set", settings: ldapSettings(ldap), secret: secrets.ldap, lacks: lacks.ldap };
}

function wantedKerberos(
  kerberos: NonNullable<DittoServer["spec"]["identity"]["kerberos"]>,
  { secrets, lacks }: IdentityFacts,
): WantedIdentityProvider {
  if (!kerberos.enabled && kerberos.machineAccount?.enabled !== true) return { type: "kerberos", kind: "off" };
  return {
    type: "kerberos",
    kind: "set",
    settings: kerberosSettings(kerberos),
    secret: secrets.kerberos,
    lacks: lacks.kerberos,
  };
}

/** The key under which a provider's settings are read. */
export function providerDetail(type: ProviderType): string {
  return `identityProvider ${type}`;
}

export function identityProviderChanges(
  wanted: readonly WantedIdentityProvider[],
  live: LiveDittoFs,
): readonly Change<IdentityProviderCalls>[] {
  return wanted.flatMap((provider) => {
    const { type } = provider;
    const read = live.identityProviders.get(type);
    // What the operator has never set is none of its business.
    if (provider.kind === "dropped" && read === undefined) return [];
    const ref = { family: "identityProvider", name: type, needs: [], detail: providerDetail(type) } as const;
    if (read?.kind === "unreadable")
      return [{ ...ref, calls: [], what: "", problem: `${titles[type]} cannot be read: ${read.message}` }];
    const before = read?.kind === "read" ? read.settings : undefined;
    return [{ ...ref, ...(provider.kind === "set" ? setting(provider, before, live) : ending(type, before)) }];
  });
}

const titles = { ldap: "The directory (LDAP)", kerberos: "Kerberos" } as const;
type Body = Pick<Change<IdentityProviderCalls>, "calls" | "what" | "problem" | "readAtStart">;
const asItIs: Body = { calls: [], what: "" };

function ending(type: ProviderType, before: ProviderSettings | undefined): Body {
  const account = before?.["machine_account"];
  const isOn = before?.["enabled"] === true || (isSettings(account) && account["enabled"] === true);
  if (before === undefined || !isOn) return asItIs;
  const off = type === "kerberos" ? { machine_account: { enabled: false } } : {};
  const settings = { ...before, ...off, enabled: false };
  return {
    calls: [{ name: "putIdentityProvider", body: { type, settings, isSecretOnly: false } }],
    what: "switched off",
    ...(type === "kerberos" && { readAtStart: true }),
  };
}

function setting(
  wanted: Extract<WantedIdentityProvider, { kind: "set" }>,
  before: ProviderSettings | undefined,
  { appliedProviders }: LiveDittoFs,
): Body {
  const { type, settings, secret, lacks } = wanted;
  const isOn = settings["enabled"] === true;
  // A machine account without Kerberos stands in the file alone, which every process reads as long as the database has none.
  if (before === undefined && !isOn) return asItIs;
  const differing = Object.keys(settings).filter((key) => !isSame(key, settings[key], before?.[key]));
  const isSecretNew = secret?.kind === "usable" && secret.digest !== appliedProviders.get(type);
  const problem = lacks ?? (secret?.kind === "unusable" ? secret.message : undefined);
  if (problem !== undefined) return { ...asItIs, problem: `${titles[type]}: ${problem}` };
  if (differing.length === 0 && !isSecretNew) return asItIs;
  const put: Call<IdentityProviderCalls> = {
    name: "putIdentityProvider",
    body: {
      type,
      settings,
      isSecretOnly: differing.length === 0,
      ...(secret?.kind === "usable" && { secretDigest: secret.digest }),
    },
  };
  // measured: with a keytab that it cannot load, the server takes the settings and then never starts again.
  const test: Call<IdentityProviderCalls> = { name: "testIdentityProvider", body: { type, settings } };
  return {
    calls: type === "kerberos" && isOn ? [test, put] : [put],
    what: before === undefined ? "set" : [...differing, ...(isSecretNew ? ["password"] : [])].join(", ") + " changed",
    ...(type === "kerberos" && differing.length > 0 && { readAtStart: true }),
  };
}

const durations = new Set(["timeout", "max_clock_skew", "context_ttl"]);

/** By what settings mean: the server shows `5m` as `5m0s` and leaves out what is empty. */
function isSame(key: string, wanted: unknown, live: unknown): boolean {
  if (isSettings(wanted)) {
    const shown = isSettings(live) ? live : {};
    return Object.keys({ ...shown, ...wanted }).every(
      (each) => isWriteOnly(each) || isSame(each, wanted[each], shown[each]),
    );
  }
  if (durations.has(key)) return meantMs(wanted) === meantMs(live);
  if (isEmpty(wanted)) return isEmpty(live);
  return JSON.stringify(wanted) === JSON.stringify(live);
}

function isWriteOnly(key: string): boolean {
  return key === "secret";
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === "" || value === false;
}

function isSettings(value: unknown): value is ProviderSettings {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Undefined for what the server shows and is no time: that equals nothing wanted. */
function meantMs(value: unknown): number | undefined {
  try {
    return typeof value === "string" ? durationMs(value) : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the server has Kerberos on, as far as it was looked at. */
export function isKerberosOn({ identityProviders }: Pick<LiveDittoFs, "identityProviders">): boolean | undefined {
  const read = identityProviders.get("kerberos");
  if (read === undefined || read.kind === "unreadable") return undefined;
  return read.settings?.["enabled"] === true;
}
