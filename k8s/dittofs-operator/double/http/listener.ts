import { createServer as createHttpServer, type RequestListener } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { createServer, type Server, type Socket } from "node:net";
import type { TlsFiles } from "../config/config.ts";
import { reloadingTls } from "./reloading-tls.ts";

export interface Listener {
  /** Refuses new connections, waits for running requests up to the time, then cuts what is left. */
  close(waitMs: number): Promise<void>;
  /** Cuts everything at once, and waits until the port is free. */
  cut(): Promise<void>;
}

export interface ListenOptions {
  readonly host: string;
  readonly port: number;
  readonly tls: TlsFiles | undefined;
  readonly idleTimeoutMs: number;
}

/** Opens an HTTP or HTTPS listener. Rejects with the socket's error, or with StartError if TLS cannot be set up. */
export async function listen(options: ListenOptions, onRequest: RequestListener): Promise<Listener> {
  const running = new Set<Parameters<RequestListener>[1]>();
  const counted: RequestListener = (request, response) => {
    running.add(response);
    response.on("close", () => running.delete(response));
    onRequest(request, response);
  };
  const sockets = new Set<Socket>();
  const server =
    options.tls === undefined ? plainServer(options, counted) : secureServer(options, options.tls, counted);
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host: options.host, port: options.port }, () => {
      server.off("error", reject);
      resolve();
    });
  });
  const end = (): Promise<void> => new Promise((resolve) => server.close(() => resolve()));
  const destroyAll = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const cut = async (): Promise<void> => {
    const closed = end();
    destroyAll();
    await closed;
  };
  const close = async (waitMs: number): Promise<void> => {
    const closed = end();
    await settled([...running], waitMs);
    destroyAll();
    await closed;
  };
  return { close, cut };
}

function plainServer({ idleTimeoutMs }: ListenOptions, onRequest: RequestListener): Server {
  return createHttpServer({ keepAliveTimeout: idleTimeoutMs }, onRequest);
}

const handshakeRecord = 22;

/** Looks at the first byte of a connection: what speaks plain HTTP is told so in plain HTTP, the rest does TLS. */
function secureServer({ idleTimeoutMs }: ListenOptions, tls: TlsFiles, onRequest: RequestListener): Server {
  const reloading = reloadingTls(tls);
  const clients = tls.clientCa === undefined ? {} : { requestCert: true, rejectUnauthorized: true };
  const secure = createHttpsServer({ ...reloading.options, ...clients, keepAliveTimeout: idleTimeoutMs }, onRequest);
  const plain = createHttpServer((_request, response) => {
    response.writeHead(400, { connection: "close" }).end("Client sent an HTTP request to an HTTPS server.\n");
  });
  return createServer((socket) => {
    socket.on("error", () => socket.destroy());
    socket.once("readable", () => {
      const first: unknown = socket.read();
      if (!(first instanceof Buffer)) return;
      const changed = reloading.changed();
      if (changed !== undefined) secure.setSecureContext(changed);
      socket.unshift(first);
      (first[0] === handshakeRecord ? secure : plain).emit("connection", socket);
    });
  });
}

/** Waits until all responses are done, at most for the time. */
function settled(responses: readonly Parameters<RequestListener>[1][], waitMs: number): Promise<unknown> {
  const done = responses.map((response) => new Promise<void>((resolve) => response.once("close", () => resolve())));
  const timeout = Promise.withResolvers<void>();
  const timer = setTimeout(timeout.resolve, waitMs);
  return Promise.race([Promise.all(done), timeout.promise]).finally(() => clearTimeout(timer));
}
