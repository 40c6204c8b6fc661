import type { DittoFsAnswer } from "../outside.ts";

/** In the server's words; a secret is `********`. */
export type DittoFsProviderSettings = Readonly<Record<string, unknown>>;

/** `secret`: the bind password or that of the machine account; without one the server keeps what it has. */
export type DittoFsIdentityProvider = {
  readonly type: "ldap" | "kerberos";
  readonly settings: DittoFsProviderSettings;
  readonly secret?: string;
};

/** Who of a Kerberos realm is which user. */
export type DittoFsIdentityMapping = { readonly principal: string; readonly user: string };

type Read<T> = (signal: AbortSignal) => Promise<DittoFsAnswer<T>>;
type Write<Body> = (body: Body, signal: AbortSignal) => Promise<DittoFsAnswer<unknown>>;

/** The calls about directories, domains and who of them is which user. */
export interface DittoFsIdentityApi {
  /** `notFound` while nothing is configured. */
  readonly identityProvider: (
    type: "ldap" | "kerberos",
    signal: AbortSignal,
  ) => Promise<DittoFsAnswer<DittoFsProviderSettings>>;
  /** Replaces all settings. A directory acts at once; Kerberos at the next start, which a bad keytab then prevents. */
  readonly putIdentityProvider: Write<DittoFsIdentityProvider>;
  /** Changes nothing. `badRequest` says at which stage the server's process fails with these settings. */
  readonly testIdentityProvider: Write<Omit<DittoFsIdentityProvider, "secret">>;

  /** Those of Kerberos. */
  readonly identityMappings: Read<readonly DittoFsIdentityMapping[]>;
  /** `conflict` while the principal has one; the user need not exist. */
  readonly createIdentityMapping: Write<DittoFsIdentityMapping>;
  readonly removeIdentityMapping: Write<Pick<DittoFsIdentityMapping, "principal">>;
}
