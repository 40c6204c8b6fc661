import type { LiveStore } from "./live-dittofs.ts";

/** A setting of a store, which the server reads when it opens the store, at its start. */
export type StoreSetting = {
  /** As the server calls it. */
  readonly key: string;
  readonly wanted: string | number | boolean;
  /** What holds while the key is absent. */
  readonly absent: string | number | boolean;
};

/** The whole configuration: the server replaces what it has, and takes it up at its next start. */
export type StoreUpdate = {
  readonly name: string;
  readonly type: string;
  readonly config: Readonly<Record<string, unknown>>;
};

/** What a new store is told: only what differs from what the server does anyway. */
export function settingsSent(
  settings: readonly StoreSetting[] = [],
): Readonly<Record<string, string | number | boolean>> {
  return Object.fromEntries(
    settings.filter(({ wanted, absent }) => wanted !== absent).map(({ key, wanted }) => [key, wanted]),
  );
}

/** What brings the settings of a store that exists to what is wanted; keys that the spec does not know are kept. */
export function settingsChange(
  {
    name,
    type,
    settings = [],
  }: { readonly name: string; readonly type: string; readonly settings?: readonly StoreSetting[] },
  live: LiveStore,
  isPasswordNew = false,
): { readonly body: StoreUpdate; readonly what: string } | undefined {
  const changed = settings.filter(({ key, wanted, absent }) => (live.config[key] ?? absent) !== wanted);
  if (changed.length === 0 && !isPasswordNew) return undefined;
  const values = Object.fromEntries(changed.map(({ key, wanted }) => [key, wanted]));
  return {
    body: { name, type, config: { ...live.config, ...values } },
    what: changed.length === 0 ? "" : `${changed.map(({ key }) => key).join(", ")} changed`,
  };
}
