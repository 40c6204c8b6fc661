import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Log } from "./log.ts";

/** A liveness probe that takes longer has failed anyway. */
const LONGEST_REQUEST_MS = 10_000;
const MOST_CONNECTIONS = 100;

export type HealthOptions = {
  /** Empty for all addresses of the machine. */
  readonly host: string;
  /** 0 for a free one. */
  readonly port: number;
  readonly log: Log;
  /** What is wrong with the process so that it should be started again; empty when nothing is. */
  readonly defects: () => readonly string[];
  /** What is missing until it can serve; empty when nothing is. */
  readonly missing: () => readonly string[];
  readonly metrics: () => Promise<Page>;
};

type Page = { readonly text: string; readonly contentType: string };
type Answer = Page & { readonly status: number };

export type HealthServer = {
  readonly port: number;
  close(): Promise<void>;
};

/**
 * Serves `/healthz` (alive), `/readyz` (ready, and if not, what is missing) and `/metrics`, without authentication: nothing of
 * it is secret. Rejects when the address cannot be had.
 */
export async function startHealthServer(options: HealthOptions): Promise<HealthServer> {
  const server = createServer({ requestTimeout: LONGEST_REQUEST_MS, headersTimeout: 5_000, maxHeaderSize: 8_192 });
  server.maxConnections = MOST_CONNECTIONS;
  server.on("request", (request, response) => void respond(options, request, response));
  const port = await listen(server, options);
  server.on("error", (error) => options.log.error("the health server failed", { err: error }));
  return { port, close: () => close(server) };
}

async function respond(options: HealthOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { status, text, contentType } = await answerTo(options, request);
  response.writeHead(status, {
    "content-type": contentType,
    "content-length": Buffer.byteLength(text),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  response.end(text);
}

async function answerTo(options: HealthOptions, { method, url = "" }: IncomingMessage): Promise<Answer> {
  if (method !== "GET" && method !== "HEAD") return plain(405, "only GET and HEAD");
  try {
    switch (url.replace(/\?.*/, "")) {
      case "/healthz":
        return verdict("not alive", options.defects());
      case "/readyz":
        return verdict("not ready", options.missing());
      case "/metrics":
        return { status: 200, ...(await options.metrics()) };
      default:
        return plain(404, "there are /healthz, /readyz and /metrics");
    }
  } catch (error) {
    options.log.error("a page of the health server failed", { url, err: error });
    return plain(500, "failed, see the log");
  }
}

function verdict(otherwise: string, problems: readonly string[]): Answer {
  return problems.length === 0 ? plain(200, "ok") : plain(503, [`${otherwise}:`, ...problems].join("\n- "));
}

function plain(status: number, text: string): Answer {
  return { status, text: `${text}\n`, contentType: "text/plain; charset=utf-8" };
}

function listen(server: Server, { host, port }: HealthOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause) => {
      const where = `${host === "" ? "*" : host}:${port}`;
      reject(new Error(`cannot serve health and metrics at ${where}; give another address`, { cause }));
    });
    server.listen({ port, ...(host !== "" && { host }) }, () => {
      server.removeAllListeners("error");
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
