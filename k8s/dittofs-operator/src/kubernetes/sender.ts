import type { Agent } from "node:https";
import type { ConnectionOptions } from "node:tls";
import type { Clock } from "../runtime/clock.ts";
import type { ApiAnswer } from "../runtime/kubernetes-api.ts";
import type { Exchange } from "./exchange.ts";
import type { RestClientOptions } from "./rest-client.ts";

export type Call = {
  readonly method: string;
  readonly path: string;
  readonly accept?: string;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly acceptsGzip?: boolean;
  readonly deadlineMs: number;
  readonly agent: Agent;
  readonly signal: AbortSignal | undefined;
};

export type Sender = <T extends { readonly status: number }>(
  call: Call,
  via: (asked: Exchange) => Promise<ApiAnswer<T>>,
) => Promise<ApiAnswer<T>>;

/** Certificates are files of a mounted Secret, or come from a plug-in; both change. */
const tlsTrustedMs = 60_000;

/** Puts credentials on calls, counts them, and tries once more where that is safe and likely to help. */
export function createSender({ connection, clock, instruments, userAgent }: RestClientOptions): Sender {
  const tls = rememberedTls(connection, clock);

  return async (call, via) => {
    const once = async () => {
      const startedMs = clock.monotonicMs();
      const answer = await attempt(call, via);
      instruments.kubernetesRequest({
        method: call.method,
        host: connection.serverUrl.host,
        durationMs: clock.monotonicMs() - startedMs,
        ...(answer.ok && { status: answer.value.status }),
      });
      return answer;
    };
    const answer = await once();
    if (answer.ok && answer.value.status === 401) {
      connection.forgetCredentials();
      tls.forget();
      return await once();
    }
    if (answer.ok || answer.failure.code !== "unreachable" || call.signal?.aborted === true) return answer;
    tls.forget();
    // A kept connection may end just when the next request is put on it. A POST might then have been carried out.
    return call.method === "POST" && answer.failure.mayHaveHappened ? answer : await once();
  };

  async function attempt<T>(call: Call, via: (asked: Exchange) => Promise<ApiAnswer<T>>): Promise<ApiAnswer<T>> {
    const authorization = await connection.authorization();
    const body = call.body === undefined ? undefined : JSON.stringify(call.body);
    return await via({
      ...call,
      clock,
      body,
      serverUrl: connection.serverUrl,
      tls: await tls.get(),
      headers: {
        accept: call.accept ?? "application/json",
        "user-agent": userAgent,
        ...(authorization !== undefined && { authorization }),
        ...(call.acceptsGzip === true && { "accept-encoding": "gzip" }),
        ...(body !== undefined && {
          "content-type": call.contentType ?? "application/json",
          "content-length": String(Buffer.byteLength(body)),
        }),
      },
    });
  }
}

function rememberedTls(connection: Connection, clock: Clock) {
  let held: { readonly options: ConnectionOptions; readonly readMs: number } | undefined;
  return {
    get: async (): Promise<ConnectionOptions> => {
      if (held === undefined || clock.monotonicMs() - held.readMs > tlsTrustedMs) {
        held = { options: await connection.tls(), readMs: clock.monotonicMs() };
      }
      return held.options;
    },
    forget: () => {
      held = undefined;
    },
  };
}

type Connection = RestClientOptions["connection"];
