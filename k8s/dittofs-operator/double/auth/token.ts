import { createHmac, timingSafeEqual } from "node:crypto";
import type { Clock } from "../../src/runtime/clock.ts";
import type { Config } from "../config/config.ts";

export type TokenType = "access" | "refresh";

/** What a token says about its bearer; the server believes it until it expires, whatever happens to the account. */
export interface Claims {
  readonly uid: string;
  readonly username: string;
  readonly role: string;
  readonly groups?: readonly string[];
  readonly token_type: TokenType;
  readonly must_change_password?: boolean;
}

export interface TokenPair {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly token_type: "Bearer";
  readonly expires_in: number;
  readonly expires_at: string;
}

export type TokenCheck =
  | { readonly ok: true; readonly claims: Claims }
  | { readonly ok: false; readonly code: "expired" | "invalid" };

/** Issues and checks the stateless JSON web tokens (HS256) of the REST API. */
export class Tokens {
  readonly #settings: Config["tokens"];
  readonly #clock: Clock;

  constructor(settings: Config["tokens"], clock: Clock) {
    this.#settings = settings;
    this.#clock = clock;
  }

  pair(bearer: Omit<Claims, "token_type">): TokenPair {
    const nowMs = this.#clock.wallMs();
    const { accessMs, refreshMs } = this.#settings;
    return {
      access_token: this.#sign({ ...bearer, token_type: "access" }, nowMs, accessMs),
      refresh_token: this.#sign({ ...bearer, token_type: "refresh" }, nowMs, refreshMs),
      token_type: "Bearer",
      expires_in: Math.floor(accessMs / 1000),
      expires_at: new Date(nowMs + accessMs).toISOString(),
    };
  }

  check(token: string, wanted: TokenType): TokenCheck {
    const [header, payload, signature, ...rest] = token.split(".");
    if (header === undefined || payload === undefined || signature === undefined || rest.length > 0)
      return { ok: false, code: "invalid" };
    if (!isEqual(signature, this.#signature(`${header}.${payload}`))) return { ok: false, code: "invalid" };
    const content: unknown = JSON.parse(Buffer.from(payload, "base64url").toString());
    const claims = content as Claims & { exp: number }; // the signature says that this server wrote them
    if (claims.exp * 1000 <= this.#clock.wallMs()) return { ok: false, code: "expired" };
    return claims.token_type === wanted ? { ok: true, claims } : { ok: false, code: "invalid" };
  }

  #sign(claims: Claims, nowMs: number, lifetimeMs: number): string {
    const times = {
      iss: "dittofs",
      sub: claims.username,
      iat: Math.floor(nowMs / 1000),
      exp: Math.floor((nowMs + lifetimeMs) / 1000),
    };
    const content = `${encoded({ alg: "HS256", typ: "JWT" })}.${encoded({ ...times, ...claims })}`;
    return `${content}.${this.#signature(content)}`;
  }

  #signature(content: string): string {
    return createHmac("sha256", this.#settings.secret).update(content).digest("base64url");
  }
}

function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function isEqual(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
