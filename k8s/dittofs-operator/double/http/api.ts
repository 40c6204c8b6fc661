import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { DittofsServer } from "../dittofs-server.ts";
import { type Answer, Refusal, text, type Wire, wire } from "./answer.ts";
import type { Call, RawBody } from "./call.ts";
import type { FaultSwitch } from "./fault.ts";
import { faultyEnd } from "./faulty-end.ts";
import { passage } from "./gate.ts";
import { type Family, type Match, match } from "./route.ts";

const bodyLimitBytes = 2 ** 20;

/** What one request asked and got. */
export interface RequestRecord {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

export interface ApiOptions {
  readonly server: DittofsServer;
  readonly families: readonly Family[];
  readonly faults: FaultSwitch;
  readonly slowFactor: number;
  readonly record: (request: RequestRecord) => void;
}

/** Answers HTTP requests: faults first, then route, gate and handler, then the write timeout. */
export function api(options: ApiOptions): RequestListener {
  return (request, response) => {
    request.on("error", () => response.destroy());
    void handle(options, request, response).catch(() => response.destroy());
  };
}

async function handle(options: ApiOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { server, record } = options;
  const startedMs = server.clock.monotonicMs();
  let waitedMs = 0;
  const wait = async (durationMs: number): Promise<void> => {
    waitedMs += durationMs;
    await pause(server, durationMs * options.slowFactor);
  };
  const method = request.method ?? "GET";
  const [path = "/", query = ""] = (request.url ?? "/").split("?", 2);
  const found = match(options.families, method, path);
  const fault = options.faults.take(method, path, found.found.kind === "route" ? found.found.pattern : undefined);
  const body = await rawBody(request);
  const answer = async (): Promise<Wire> =>
    wire(
      await answerTo({ server, body, query: new URLSearchParams(query), wait }, found, request.headers.authorization),
    );
  if (fault !== undefined)
    return await faultyEnd(fault, { response, answer, record: (status) => record({ method, path, status }) });
  const sent = await answer();
  record({ method, path, status: sent.status });
  const isTooLate = waitedMs + (server.clock.monotonicMs() - startedMs) > server.config.api.writeTimeoutMs;
  if (isTooLate && !hasNoWriteTimeout(found)) response.destroy();
  else response.writeHead(sent.status, sent.headers).end(sent.body);
}

/** Waiting for uploads is the one request that may take longer than the write timeout. */
function hasNoWriteTimeout({ found }: Match): boolean {
  return found.kind === "route" && found.pattern === "/api/v1/system/drain-uploads";
}

async function answerTo(
  call: Omit<Call, "params" | "claims">,
  { gate, found }: Match,
  authorization: string | undefined,
): Promise<Answer> {
  const first = passage(gate, authorization, call.server);
  if ("refusal" in first) return first.refusal;
  if (found.kind === "noPath") return text(404, "404 page not found");
  if (found.kind === "noMethod") return { kind: "empty", status: 405, headers: { allow: found.allowed.join(", ") } };
  const second = passage(found.route.gate, authorization, call.server);
  if ("refusal" in second) return second.refusal;
  try {
    return await found.route.handler({ ...call, params: found.params, claims: second.claims ?? first.claims });
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    // A handler that panics in the real server ends in the same empty 500.
    return { kind: "empty", status: 500 };
  }
}

async function rawBody(request: IncomingMessage): Promise<RawBody> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = chunk as Buffer; // without an encoding set, a request yields buffers
    length += bytes.length;
    if (length <= bodyLimitBytes) chunks.push(bytes);
  }
  return length > bodyLimitBytes
    ? { kind: "tooLarge" }
    : { kind: "text", text: Buffer.concat(chunks).toString("utf8") };
}

function pause(server: DittofsServer, durationMs: number): Promise<void> {
  return new Promise((resolve) => server.clock.after(durationMs, resolve));
}
