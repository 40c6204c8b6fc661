import type { Claims } from "../auth/token.ts";
import type { DittofsServer } from "../dittofs-server.ts";
import type { Answer } from "./answer.ts";

/** The body as it arrived; the server refuses more than 1 MiB only when a handler reads it. */
export type RawBody = { readonly kind: "text"; readonly text: string } | { readonly kind: "tooLarge" };

/** One request to one handler. */
export interface Call {
  readonly server: DittofsServer;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: RawBody;
  readonly claims: Claims | undefined;
  /** Lets the time of a slow dependency pass, scaled by the slow factor; it counts in full against the write timeout. */
  readonly wait: (durationMs: number) => Promise<void>;
}

export type Handler = (call: Call) => Answer | Promise<Answer>;

/** A named part of the path; the router guarantees it. */
export function param(call: Call, name: string): string {
  return call.params[name] ?? "";
}
