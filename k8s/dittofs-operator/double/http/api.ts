import type { IncomingMessage, RequestListener } from "node:http";
import type { DittofsServer } from "../dittofs-server.ts";
import { type Answer, Refusal, text, type Wire, wire } from "./answer.ts";
import type { Call, RawBody } from "./call.ts";
import type { FaultSwitch } from "./fault.ts";
import { faultyOutcome } from "./faulty-outcome.ts";
import { passage } from "./gate.ts";
import { deliver, type Outcome } from "./outcome.ts";
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

/** A request as it came, over HTTP or in the same process. */
export interface Asked {
  readonly method: string;
  /** With its query. */
  readonly url: string;
  readonly authorization: string | undefined;
  readonly body: RawBody;
}

/** What becomes of requests: faults first, then route, gate and handler, then the write timeout. */
export function asking(options: ApiOptions): (asked: Asked) => Promise<Outcome> {
  return async (asked) => {
    const outcome = await outcomeOf(options, asked);
    const { method, url } = asked;
    options.record({ method, path: pathOf(url), status: outcome.status });
    return outcome;
  };
}

/** Takes requests over HTTP. */
export function api(ask: (asked: Asked) => Promise<Outcome>): RequestListener {
  return (request, response) => {
    request.on("error", () => response.destroy());
    const { method = "GET", url = "/", headers } = request;
    rawBody(request)
      .then((body) => ask({ method, url, authorization: headers.authorization, body }))
      .then((outcome) => deliver(outcome, response))
      .catch(() => response.destroy());
  };
}

const pathOf = (url: string): string => url.split("?", 1)[0] ?? "/";

async function outcomeOf(
  { server, families, faults, slowFactor }: ApiOptions,
  { method, url, authorization, body }: Asked,
): Promise<Outcome> {
  const startedMs = server.clock.monotonicMs();
  let waitedMs = 0;
  const wait = async (durationMs: number): Promise<void> => {
    waitedMs += durationMs;
    await pause(server, durationMs * slowFactor);
  };
  const path = pathOf(url);
  const query = new URLSearchParams(url.slice(path.length + 1));
  const found = match(families, method, path);
  const fault = faults.take(method, path, found.found.kind === "route" ? found.found.pattern : undefined);
  const answer = async (): Promise<Wire> => wire(await answerTo({ server, body, query, wait }, found, authorization));
  if (fault !== undefined) return await faultyOutcome(fault, answer);
  const sent = await answer();
  const isTooLate = waitedMs + (server.clock.monotonicMs() - startedMs) > server.config.api.writeTimeoutMs;
  return isTooLate && !hasNoWriteTimeout(found) ? { kind: "closed", status: sent.status } : { kind: "sent", ...sent };
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
