import type { DittoFsApi, DittoFsFailure } from "../../../outside.ts";

export type ApiCall = keyof DittoFsApi;
export type CallName = ApiCall | "login" | "refresh" | "setOwnPassword";

/** What becomes of one call: by default it is carried out and answered. */
export type Fate =
  | DittoFsFailure
  /** Carried out, but the answer does not arrive. */
  | "lostAnswer"
  /** Answered as if it had been carried out. */
  | "ignored"
  /** No answer until the caller gives up. */
  | "hangs"
  | undefined;

export type MadeCall = { readonly name: CallName; readonly argument: unknown };
