import type { Agent } from "node:https";
import type { ConnectionOptions } from "node:tls";
import type { ApiAnswer } from "../runtime/kubernetes-api.ts";
import { retryAfterMs } from "./api-failure.ts";
import type { Answered, Credentials, Exchange } from "./exchange.ts";
import { nextTry } from "./next-try.ts";
import type { RestClientOptions } from "./rest-client-options.ts";
import { waiting } from "./waiting.ts";

export type Call = {
  readonly method: string;
  readonly path: string;
  readonly accept?: string;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly acceptsGzip?: boolean;
  /** For all tries together; of a stream until its headers are there. */
  readonly deadlineMs: number;
  readonly mostBytes: number;
  readonly agent: Agent;
  readonly signal: AbortSignal | undefined;
};

/** Certificates are files of a mounted volume, or come from a plug-in; both change. */
const TLS_TRUSTED_MS = 60_000;

/** Paces calls, puts credentials on them, counts them, and sends them once more where `nextTry` says so. */
export class Sender {
  readonly #options: RestClientOptions;
  #tls: { readonly options: ConnectionOptions; readonly readMs: number } | undefined;

  constructor(options: RestClientOptions) {
    this.#options = options;
  }

  async send(call: Call, via: (asked: Exchange) => Promise<ApiAnswer<Answered>>): Promise<ApiAnswer<Answered>> {
    const { connection, clock, limiter } = this.#options;
    const endMs = clock.monotonicMs() + call.deadlineMs;
    await waiting(clock, limiter?.reserveMs() ?? 0, call.signal);
    for (let tries = 1; ; tries++) {
      const startedMs = clock.monotonicMs();
      const answer = await via(this.#exchange(call, Math.max(0, endMs - startedMs)));
      this.#count(call, answer, startedMs);
      const next = nextTry({
        method: call.method,
        tries,
        remainingMs: endMs - clock.monotonicMs(),
        outcome: answer.ok ? answered(answer.value) : { kind: "failed", failure: answer.failure },
      });
      if (next.kind === "none" || call.signal?.aborted === true) return answer;
      if (next.renew) {
        connection.forgetCredentials();
        this.#tls = undefined;
      }
      await waiting(clock, next.afterMs, call.signal);
    }
  }

  #count({ method }: Call, answer: ApiAnswer<Answered>, startedMs: number): void {
    const { connection, clock, instruments } = this.#options;
    instruments.kubernetesRequest({
      method,
      host: connection.serverUrl.host,
      durationMs: clock.monotonicMs() - startedMs,
      ...(answer.ok && { status: answer.value.status }),
    });
  }

  #exchange(call: Call, deadlineMs: number): Exchange {
    const { connection, clock } = this.#options;
    const body = call.body === undefined ? undefined : JSON.stringify(call.body);
    const credentials = async (): Promise<Credentials> => await this.#credentials(call, body);
    const maySend = (): boolean => call.method === "GET" || this.#options.mayWrite?.() !== false;
    return { ...call, deadlineMs, clock, body, serverUrl: connection.serverUrl, credentials, maySend };
  }

  async #credentials(call: Call, body: string | undefined): Promise<Credentials> {
    const authorization = await this.#options.connection.authorization();
    return {
      tls: await this.#currentTls(),
      headers: {
        accept: call.accept ?? "application/json",
        "user-agent": this.#options.userAgent,
        ...(authorization !== undefined && { authorization }),
        ...(call.acceptsGzip === true && { "accept-encoding": "gzip" }),
        ...(body !== undefined && {
          "content-type": call.contentType ?? "application/json",
          "content-length": String(Buffer.byteLength(body)),
        }),
      },
    };
  }

  async #currentTls(): Promise<ConnectionOptions> {
    const { connection, clock } = this.#options;
    if (this.#tls === undefined || clock.monotonicMs() - this.#tls.readMs > TLS_TRUSTED_MS) {
      this.#tls = { options: await connection.tls(), readMs: clock.monotonicMs() };
    }
    return this.#tls.options;
  }
}

function answered({ status, headers }: Answered) {
  return { kind: "answered", status, retryAfterMs: retryAfterMs(headers["retry-after"]) } as const;
}
