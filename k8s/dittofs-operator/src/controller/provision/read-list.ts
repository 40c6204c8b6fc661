import type { LiveDittoFs } from "../../domain/provisioning/live-dittofs.ts";
import type { DittoFsAnswer, DittoFsFailure } from "../../outside.ts";
import { authorized } from "./authorized.ts";
import { powerless, unreachable } from "./log-in.ts";
import type { DittoFsAccess, ProvisioningPass } from "./pass.ts";
import type { PassEnd, Read } from "./pass-end.ts";

type Lists = Pick<LiveDittoFs, "adapters" | "metadataStores" | "localStores" | "shares" | "users" | "groups">;
type ListReads = { readonly [Name in keyof Lists]: (signal: AbortSignal) => Promise<DittoFsAnswer<Lists[Name]>> };

export async function readList<Name extends keyof Lists>(
  pass: ProvisioningPass,
  name: Name,
): Promise<Read<Lists[Name]>> {
  pass.readsLeft -= 1;
  const asked = await authorized(pass, (api, signal) => {
    const reads: ListReads = api;
    return reads[name](signal);
  });
  return asked.code === "ok" ? asked : readEnd(pass, asked);
}

/** What a read without a value means for the pass. */
export function readEnd(pass: DittoFsAccess, failure: DittoFsFailure | PassEnd): PassEnd {
  if (failure.code === "unreachable" || failure.code === "loginFailed") return failure;
  return failure.code === "forbidden" ? powerless(pass, failure) : unreachable(pass, failure);
}
