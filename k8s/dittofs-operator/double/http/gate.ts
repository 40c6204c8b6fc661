import type { Claims } from "../auth/token.ts";
import type { DittofsServer } from "../dittofs-server.ts";
import { type Answer, text } from "./answer.ts";

/** Who may pass: `token` any bearer, `settled` one who need not change the password, then roles. */
export type Gate = "open" | "token" | "settled" | "operator" | "admin";

export type Passage = { readonly claims: Claims | undefined } | { readonly refusal: Answer };

/** The checks that the server makes before routing below a guarded prefix; their answers are text, not JSON. */
export function passage(gate: Gate, authorization: string | undefined, server: DittofsServer): Passage {
  if (gate === "open") return { claims: undefined };
  const [scheme, token] = splitOnce(authorization ?? "", " ");
  if (token === undefined || scheme.toLowerCase() !== "bearer")
    return { refusal: text(401, "Authorization header required") };
  const check = server.tokens.check(token, "access");
  if (!check.ok) return { refusal: text(401, "Invalid or expired token") };
  const { claims } = check;
  if (gate === "token") return { claims };
  if (claims.must_change_password === true) return { refusal: text(403, mustChange(claims.username)) };
  if (gate === "admin" && claims.role !== "admin") return { refusal: text(403, "Admin access required") };
  if (gate === "operator" && !["admin", "operator"].includes(claims.role))
    return { refusal: text(403, "Insufficient permissions") };
  return { claims };
}

function splitOnce(value: string, separator: string): [string, string | undefined] {
  const at = value.indexOf(separator);
  return at < 0 ? [value, undefined] : [value.slice(0, at), value.slice(at + 1)];
}

function mustChange(username: string): string {
  return `account "${username}" must set a new password before performing other operations`;
}
