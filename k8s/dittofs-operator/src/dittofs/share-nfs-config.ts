import * as z from "zod/mini";
import type { DittoFsShareNfsConfig } from "../outside.ts";

/** Uid and gid that a server means when it shows none. */
const nobody = 65_534;

export const nfsConfig = z.pipe(
  z.object({
    squash: z.string(),
    anonymous_uid: z.nullish(z.number()),
    anonymous_gid: z.nullish(z.number()),
    allow_auth_sys: z.nullish(z.boolean()),
    require_kerberos: z.nullish(z.boolean()),
    min_kerberos_level: z.nullish(z.string()),
    disable_readdirplus: z.nullish(z.boolean()),
    netgroup: z.nullish(z.string()),
  }),
  z.transform(
    (value): DittoFsShareNfsConfig => ({
      squash: value.squash,
      anonymousUid: value.anonymous_uid ?? nobody,
      anonymousGid: value.anonymous_gid ?? nobody,
      allowAuthSys: value.allow_auth_sys ?? true,
      requireKerberos: value.require_kerberos ?? false,
      minKerberosLevel: value.min_kerberos_level ?? "krb5",
      disableReaddirplus: value.disable_readdirplus ?? false,
      netgroup: value.netgroup ?? "",
    }),
  ),
);

/** What is undefined does not travel. */
export function nfsConfigBody(settings: Partial<DittoFsShareNfsConfig>): Readonly<Record<string, unknown>> {
  return {
    squash: settings.squash,
    anonymous_uid: settings.anonymousUid,
    anonymous_gid: settings.anonymousGid,
    allow_auth_sys: settings.allowAuthSys,
    require_kerberos: settings.requireKerberos,
    min_kerberos_level: settings.minKerberosLevel,
    disable_readdirplus: settings.disableReaddirplus,
    netgroup: settings.netgroup,
  };
}
