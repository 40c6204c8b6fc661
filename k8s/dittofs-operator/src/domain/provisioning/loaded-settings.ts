import { createHash } from "node:crypto";
import { refKey } from "./change.ts";
import { identityProviderChanges } from "./identity-providers.ts";
import type { LiveDittoFs } from "./live-dittofs.ts";
import { metadataStoreUpdate, type WantedMetadataStore } from "./metadata-stores.ts";
import type { WantedDittoFs } from "./provisioning.ts";
import { loadedOtherwise } from "./start-settings.ts";

/** By what is read at a start besides shares, as `refKey` names it, a digest of the settings with which the process started. */
export type LoadedSettings = ReadonlyMap<string, string>;

type Wanted = Pick<WantedDittoFs, "metadataStores" | "identityProviders">;

type StartSettings = {
  readonly key: string;
  readonly digest: string;
  /** Whether the server shows them as they are wanted; undefined while that cannot be said. */
  readonly isShown: boolean | undefined;
  /** Why the process has to start again for them; goes on after "because". */
  readonly because: string;
};

/**
 * What the process has taken up. At the first look at it that is what the server shows, because it has just read it; what is known of a
 * process stays, whatever the server shows afterwards.
 */
export function loadedSettings(wanted: Wanted, live: LiveDittoFs, before: LoadedSettings | undefined): LoadedSettings {
  const loaded = new Map<string, string>();
  for (const { key, digest, isShown } of allStartSettings(wanted, live)) {
    const known = before?.get(key) ?? (isShown === undefined ? undefined : isShown ? digest : loadedOtherwise);
    if (known !== undefined) loaded.set(key, known);
  }
  return loaded;
}

/** Why the process has to start again: the server shows settings as they are wanted, and the process has others. */
export function outdatedSettings(wanted: Wanted, live: LiveDittoFs, loaded: LoadedSettings): string | undefined {
  return allStartSettings(wanted, live).find(({ key, digest, isShown }) => {
    const known = loaded.get(key);
    return isShown === true && known !== undefined && known !== digest;
  })?.because;
}

function allStartSettings(wanted: Wanted, live: LiveDittoFs): readonly StartSettings[] {
  return [...wanted.metadataStores.flatMap((store) => ofStore(store, live)), ...ofKerberos(wanted, live)];
}

function ofStore(store: WantedMetadataStore, live: LiveDittoFs): readonly StartSettings[] {
  const { name } = store;
  const key = storeKey(name);
  const update = metadataStoreUpdate(store, live);
  const isShown = update === "unknown" ? undefined : update === undefined;
  return [
    {
      key,
      digest: storeDigest(store),
      isShown,
      because: `it reads the settings of metadata store ${name} at its start`,
    },
  ];
}

export function storeKey(name: string): string {
  return refKey({ family: "metadataStore", name });
}

/** Empty while the spec asks for nothing but what the server does anyway. */
export function storeDigest({ settings = [], password }: WantedMetadataStore): string {
  const given = settings.filter(({ wanted, absent }) => wanted !== absent).map(({ key, wanted }) => [key, wanted]);
  return digestOf([...given, ...(password?.kind === "usable" ? [["password", password.digest]] : [])]);
}

function ofKerberos({ identityProviders }: Wanted, live: LiveDittoFs): readonly StartSettings[] {
  const kerberos = identityProviders.find(({ type }) => type === "kerberos");
  if (kerberos === undefined) return [];
  const [change] = identityProviderChanges([kerberos], live);
  const isKnown = change !== undefined && change.problem === undefined && live.identityProviders.has("kerberos");
  return [
    {
      key: refKey({ family: "identityProvider", name: "kerberos" }),
      digest: digestOf(kerberos.kind === "set" ? Object.entries(kerberos.settings) : []),
      isShown: isKnown ? change.readAtStart !== true : undefined,
      because: "it takes up its Kerberos settings at its start",
    },
  ];
}

function digestOf(settings: readonly unknown[]): string {
  if (settings.length === 0) return "";
  return createHash("sha256").update(JSON.stringify(settings)).digest("base64url").slice(0, 12);
}
