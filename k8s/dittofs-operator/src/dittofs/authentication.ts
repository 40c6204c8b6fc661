import * as z from "zod/mini";
import type { DittoFs, DittoFsTokens } from "../outside.ts";
import type { Clock } from "../runtime/clock.ts";
import type { Exchanging } from "./exchange.ts";
import { rest } from "./rest.ts";

/** A lifetime outside is a defect of the answer: neither log in in each call nor trust a token for ever. */
const shortestSeconds = 1;
const longestSeconds = 30 * 24 * 3600;

const tokens = z.pipe(
  z.object({
    access_token: z.string().check(z.minLength(1), z.maxLength(16_384), z.regex(/^[\x21-\x7e]+$/)),
    refresh_token: z.string().check(z.maxLength(16_384)),
    expires_in: z.number(),
    user: z.nullish(z.object({ must_change_password: z.nullish(z.boolean()) })),
  }),
  z.transform(
    ({ access_token, refresh_token, expires_in, user }): DittoFsTokens => ({
      accessToken: access_token,
      refreshToken: refresh_token,
      lifetimeMs: Math.min(Math.max(expires_in, shortestSeconds), longestSeconds) * 1000,
      mustChangePassword: user?.must_change_password ?? false,
    }),
  ),
);

export function authentication(
  clock: Clock,
  exchange: Exchanging,
): Pick<DittoFs, "login" | "refresh" | "setOwnPassword"> {
  return {
    login: (target, { username, password }, signal) =>
      rest({ target, clock, exchange })({
        method: "POST",
        path: "/api/v1/auth/login",
        body: { username, password },
        secrets: [password],
        schema: tokens,
        signal,
      }),
    refresh: (target, refreshToken, signal) =>
      rest({ target, clock, exchange })({
        method: "POST",
        path: "/api/v1/auth/refresh",
        body: { refresh_token: refreshToken },
        secrets: [refreshToken],
        schema: tokens,
        signal,
      }),
    setOwnPassword: (target, { accessToken, newPassword, currentPassword }, signal) =>
      rest({ target, clock, exchange, accessToken })({
        method: "POST",
        path: "/api/v1/users/me/password",
        body: {
          new_password: newPassword,
          ...(currentPassword !== undefined && { current_password: currentPassword }),
        },
        secrets: currentPassword === undefined ? [newPassword] : [newPassword, currentPassword],
        schema: tokens,
        signal,
      }),
  };
}
