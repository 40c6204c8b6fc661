import { type ClientRequest, request as httpRequest, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import type { DittoFsTarget } from "../outside/dittofs-target.ts";
import type { Clock } from "../runtime/clock.ts";
import { tlsOptions, tlsReason } from "./tls.ts";
import { within } from "./within.ts";

export type Exchange = {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly accessToken?: string;
  readonly body?: string;
};

export type ExchangeLimits = {
  readonly timeoutMs: number;
  readonly answerBytes: number;
};

export type ExchangeResult =
  | {
      readonly kind: "answered";
      readonly status: number;
      readonly contentType: string;
      readonly retryAfter: string | undefined;
      /** Of the X-DittoFS-Apply header: what was told acts at the next start. */
      readonly needsRestart: boolean;
      readonly body: string;
    }
  | { readonly kind: "tooLong" }
  | { readonly kind: "noAnswer"; readonly message: string };

export type ExchangeWay = {
  readonly target: DittoFsTarget;
  readonly clock: Clock;
  readonly limits: ExchangeLimits;
  readonly signal: AbortSignal;
};

/** Nothing is thrown. */
export type Exchanging = (way: ExchangeWay, asked: Exchange) => Promise<ExchangeResult>;

/**
 * One request and its whole answer, within a time and a size, over a connection of its own: a kept connection would be
 * dead after each restart of the server, and a failed write on a dead connection is a write of unknown outcome.
 * Redirects are not followed. Nothing is thrown.
 */
export function exchange(way: ExchangeWay, { method, path, accessToken, body }: Exchange): Promise<ExchangeResult> {
  return within(way, (end) => {
    const sent = request(way.target, {
      host: way.target.host,
      port: way.target.port,
      method,
      path,
      agent: false,
      headers: {
        accept: "application/json",
        ...(accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` }),
        ...(body === undefined
          ? {}
          : { "content-type": "application/json", "content-length": Buffer.byteLength(body) }),
      },
    });
    settle(sent, way.limits.answerBytes, end);
    sent.end(body);
    return { cancel: () => sent.destroy() };
  });
}

function request({ tls }: DittoFsTarget, options: RequestOptions): ClientRequest {
  return tls === undefined ? httpRequest(options) : httpsRequest({ ...options, ...tlsOptions(tls) });
}

function settle(sent: ClientRequest, answerBytes: number, end: (result: ExchangeResult) => void): void {
  sent.on("error", (error: NodeJS.ErrnoException) => end({ kind: "noAnswer", message: reason(error) }));
  sent.on("response", (answer) => {
    const chunks: Buffer[] = [];
    let length = 0;
    answer.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length > answerBytes) end({ kind: "tooLong" });
      else chunks.push(chunk);
    });
    answer.on("error", (error: NodeJS.ErrnoException) => end({ kind: "noAnswer", message: reason(error) }));
    answer.on("end", () =>
      end(answered(answer.statusCode ?? 0, answer.headers, Buffer.concat(chunks).toString("utf8"))),
    );
  });
}

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What of an answer is heeded; the names of its headers are in lower case. */
export function answered(status: number, headers: Headers, body: string): ExchangeResult {
  const text = (name: string): string | undefined => {
    const value = headers[name];
    return typeof value === "string" ? value : undefined;
  };
  return {
    kind: "answered",
    status,
    contentType: text("content-type") ?? "",
    retryAfter: text("retry-after"),
    needsRestart: text("x-dittofs-apply") === "restart-required",
    body,
  };
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: "the connection was refused",
  ECONNRESET: "the connection was cut off",
  EHOSTUNREACH: "there is no route to the pod",
  ENETUNREACH: "there is no route to the pod",
  ETIMEDOUT: "the connection could not be made in time",
  ENOTFOUND: "the host name is unknown",
};

function reason({ code }: NodeJS.ErrnoException): string {
  return reasons[code ?? ""] ?? tlsReason(code) ?? `the exchange broke off (${code ?? "no code"})`;
}
