import { createHash } from "node:crypto";
import { adminSecretName } from "../../domain/names.ts";
import type { DittoFsAnswer, DittoFsFailure, DittoFsTokens } from "../../outside.ts";
import { answerText } from "./failure-text.ts";
import type { DittoFsAccess } from "./pass.ts";
import type { PassEnd } from "./pass-end.ts";
import type { HeldTokens } from "./sessions.ts";

const refreshAfter = 0.8;
const firstPauseMs = 10_000;
const longestPauseMs = 5 * 60_000;

export type AccessToken = { readonly code: "ok"; readonly value: string };

/** A token that is good for this pass: the held one, a refreshed one when that is due, or one from a login. */
export async function accessToken(pass: DittoFsAccess): Promise<AccessToken | PassEnd> {
  const { session, clock } = pass;
  if (session.tokens !== undefined && isPasswordRenewed(pass)) return renewPassword(pass, session.tokens);
  if (session.tokens !== undefined && clock.monotonicMs() < session.tokens.refreshAtMs) {
    return { code: "ok", value: session.tokens.accessToken };
  }
  return session.tokens === undefined ? logIn(pass) : refresh(pass, session.tokens.refreshToken);
}

async function refresh(pass: DittoFsAccess, refreshToken: string): Promise<AccessToken | PassEnd> {
  const answer = await pass.dittofs.refresh(pass.target, refreshToken, pass.signal);
  if (answer.code === "ok" && !answer.value.mustChangePassword) return hold(pass, answer.value);
  if (answer.code === "unavailable") return unreachable(pass, answer);
  return logIn(pass);
}

/** At most once per pass, and after a refusal only when its pause is over: a wrong password does not get better by asking. */
async function logIn(pass: DittoFsAccess): Promise<AccessToken | PassEnd> {
  const { session, clock, dittofs, target, signal } = pass;
  delete session.tokens;
  const { refusal } = session;
  if (refusal !== undefined && clock.monotonicMs() < refusal.untilMs)
    return { code: "loginFailed", message: refusal.message };
  const secret = await pass.readAdminPassword();
  if (secret.kind === "absent") return { code: "loginFailed", message: secret.message };
  pass.hasLoggedIn = true;
  const answer = await dittofs.login(target, { username: "admin", password: secret.password }, signal);
  if (answer.code === "unavailable") return unreachable(pass, answer);
  if (answer.code === "unauthorized" && secret.previous !== undefined)
    return tellNextPassword(pass, { next: secret.password, previous: secret.previous });
  if (answer.code !== "ok") return refuse(pass, refusalText(pass, answer));
  delete session.refusal;
  if (answer.value.mustChangePassword) return keepPassword(pass, answer.value.accessToken, secret.password);
  return hold(pass, answer.value, secret.password);
}

/** The Secret holds another password than the one that the server took last from this operator. */
function isPasswordRenewed({ session, adminPasswordDigest: wanted }: DittoFsAccess): boolean {
  return session.passwordDigest !== undefined && wanted !== undefined && session.passwordDigest !== wanted;
}

/**
 * A user has put another password into a Secret of their own, where the one before is not to be had: the account's password is
 * reset with the token that is still held, and then set again by the account itself, as the server wants it after a reset.
 * Of a generated one the Secret has both.
 */
async function renewPassword(pass: DittoFsAccess, { accessToken: held }: HeldTokens): Promise<AccessToken | PassEnd> {
  const { dittofs, target, session, signal } = pass;
  const secret = await pass.readAdminPassword();
  if (secret.kind === "absent") return { code: "loginFailed", message: secret.message };
  const wanted = passwordDigest(secret.password);
  if (secret.previous !== undefined || session.resetFor === wanted) return logIn(pass);
  const reset = { name: "admin", password: secret.password };
  const answer = await dittofs.api(target, held).setUserPassword(reset, signal);
  if (answer.code === "unavailable") return unreachable(pass, answer);
  session.resetFor = wanted;
  delete session.passwordDigest;
  return logIn(pass);
}

/** The server has the password before the next one still, and takes the next. */
async function tellNextPassword(
  pass: DittoFsAccess,
  { next, previous }: { readonly next: string; readonly previous: string },
): Promise<AccessToken | PassEnd> {
  const { dittofs, target, session, signal } = pass;
  const login = await dittofs.login(target, { username: "admin", password: previous }, signal);
  if (login.code === "unavailable") return unreachable(pass, login);
  if (login.code !== "ok") return refuse(pass, refusalText(pass, login));
  delete session.refusal;
  const { accessToken } = login.value;
  const change = { accessToken, newPassword: next, currentPassword: previous };
  const answer = await dittofs.setOwnPassword(target, change, signal);
  if (answer.code === "unavailable") return unreachable(pass, answer);
  return answer.code === "ok" ? hold(pass, answer.value, next) : hold(pass, login.value, previous);
}

function passwordDigest(password: string): string {
  return createHash("sha256").update(password).digest("hex");
}

/**
 * Somebody has reset the administrator's password on the server, which then refuses everything until that account sets
 * one itself. The Secret already holds the password that works, so that one is set again and nothing changes for anybody.
 */
async function keepPassword(pass: DittoFsAccess, token: string, password: string): Promise<AccessToken | PassEnd> {
  const { dittofs, target, signal } = pass;
  const answer: DittoFsAnswer<DittoFsTokens> = await dittofs.setOwnPassword(
    target,
    { accessToken: token, newPassword: password },
    signal,
  );
  if (answer.code === "unavailable") return unreachable(pass, answer);
  if (answer.code === "ok" && !answer.value.mustChangePassword) return hold(pass, answer.value, password);
  const answered = answer.code === "ok" ? "" : ` ${answerText(answer)}`;
  return refuse(
    pass,
    `The server wants the account admin to set a new password and does not accept the one of Secret ${secretName(pass)} again.${answered} Set a password with dfsctl and put it into that Secret.`,
  );
}

function hold({ session, clock }: DittoFsAccess, tokens: DittoFsTokens, password?: string): AccessToken {
  if (password !== undefined) session.passwordDigest = passwordDigest(password);
  const { accessToken: value, refreshToken, lifetimeMs } = tokens;
  session.tokens = { accessToken: value, refreshToken, refreshAtMs: clock.monotonicMs() + lifetimeMs * refreshAfter };
  return { code: "ok", value };
}

function refuse({ session, clock }: DittoFsAccess, message: string): PassEnd {
  const count = (session.refusal?.count ?? 0) + 1;
  const pauseMs = Math.min(firstPauseMs * 2 ** (count - 1), longestPauseMs);
  session.refusal = { message, count, untilMs: clock.monotonicMs() + pauseMs };
  return { code: "loginFailed", message };
}

function refusalText(pass: DittoFsAccess, failure: Exclude<DittoFsFailure, { code: "unavailable" }>): string {
  if (failure.code === "forbidden") {
    return `The server lets the account admin not in. ${answerText(failure)} Enable the account with dfsctl.`;
  }
  if (failure.code !== "unauthorized")
    return `The login as admin failed. ${answerText(failure)} Look into the server's log.`;
  return `The server refuses the password of account admin in Secret ${secretName(pass)}. It keeps the password of its first start in its own database: put that one into the Secret, or start with a new control-plane volume.`;
}

/** The account lost its role. A new role acts from the next login on, so the token is of no use any more. */
export function powerless(pass: DittoFsAccess, failure: DittoFsFailure): PassEnd {
  delete pass.session.tokens;
  return refuse(
    pass,
    `The account admin may not do what the operator needs. ${answerText(failure)} Give it the role admin again.`,
  );
}

function secretName({ server }: DittoFsAccess): string {
  return server.spec.identity.admin.passwordSecretRef?.name ?? adminSecretName(server);
}

export function unreachable({ session, clock }: DittoFsAccess, failure: DittoFsFailure): PassEnd {
  if (failure.code === "unavailable" && failure.retryAfterMs !== undefined) {
    session.busyUntilMs = clock.monotonicMs() + failure.retryAfterMs;
  }
  return { code: "unreachable", message: answerText(failure) };
}
