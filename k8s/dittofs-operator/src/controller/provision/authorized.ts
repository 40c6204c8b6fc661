import type { DittoFsAnswer, DittoFsApi } from "../../outside.ts";
import { accessToken, unreachable } from "./log-in.ts";
import type { DittoFsAccess } from "./pass.ts";
import type { PassEnd } from "./pass-end.ts";

/** An answer of the API, without what ends the pass: no token to be had, or a server that wants to be left alone. */
export type Asked<T> = DittoFsAnswer<T> | PassEnd;

/** Makes one call as admin. A token that the server no longer knows (restart, new signing key) is replaced once. */
export async function authorized<T>(
  pass: DittoFsAccess,
  call: (api: DittoFsApi, signal: AbortSignal) => Promise<DittoFsAnswer<T>>,
): Promise<Asked<T>> {
  const first = await tried(pass, call);
  if (first.code !== "unauthorized") return first;
  delete pass.session.tokens;
  if (pass.hasLoggedIn) return unreachable(pass, first);
  const second = await tried(pass, call);
  return second.code === "unauthorized" ? unreachable(pass, second) : second;
}

async function tried<T>(
  pass: DittoFsAccess,
  call: (api: DittoFsApi, signal: AbortSignal) => Promise<DittoFsAnswer<T>>,
): Promise<Asked<T>> {
  const token = await accessToken(pass);
  if (token.code !== "ok") return token;
  const answer = await call(pass.dittofs.api(pass.target, token.value), pass.signal);
  return answer.code === "unavailable" && answer.because === "busy" ? unreachable(pass, answer) : answer;
}
