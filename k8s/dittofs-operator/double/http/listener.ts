import {
  createServer as createHttpServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { TlsFiles } from "../config/config.ts";
import { reloadingTls } from "./reloading-tls.ts";

export interface Listener {
  /** Refuses new connections, waits for running requests up to the time, then cuts them. */
  close(waitMs: number): Promise<void>;
  /** Cuts everything at once. */
  cut(): void;
}

export interface ListenOptions {
  readonly host: string;
  readonly port: number;
  readonly tls: TlsFiles | undefined;
  readonly idleTimeoutMs: number;
  readonly readTimeoutMs: number;
}

/** Opens an HTTP or HTTPS listener. Rejects with the socket's error. */
export async function listen(options: ListenOptions, onRequest: RequestListener): Promise<Listener> {
  const server = options.tls === undefined ? createHttpServer(onRequest) : secureServer(options.tls, onRequest);
  server.keepAliveTimeout = options.idleTimeoutMs;
  server.requestTimeout = Math.max(1000, options.readTimeoutMs);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host: options.host, port: options.port }, () => {
      server.off("error", reject);
      resolve();
    });
  });
  return { close: (waitMs) => close(server, waitMs), cut: () => cut(server) };
}

function secureServer(tls: TlsFiles, onRequest: (request: IncomingMessage, response: ServerResponse) => void): Server {
  const reloading = reloadingTls(tls);
  const server = createHttpsServer(reloading.options, onRequest);
  // A browser or probe that speaks plain HTTP gets an answer that says so, as from the real server.
  server.on("tlsClientError", (error, socket) => {
    if ("code" in error && error.code === "ERR_SSL_HTTP_REQUEST" && socket.writable)
      socket.end("HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n");
  });
  return server;
}

function close(server: Server, waitMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), waitMs);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}

function cut(server: Server): void {
  server.close();
  server.closeAllConnections();
}
