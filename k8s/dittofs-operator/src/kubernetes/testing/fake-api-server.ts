import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { text } from "node:stream/consumers";
import type { Authority, Certified } from "./certificate.ts";

export type Received = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
};

export type Handler = (received: Received, response: ServerResponse) => void;

/** An HTTPS server on a loopback port, which speaks whatever a test lets it. */
export class FakeApiServer implements AsyncDisposable {
  readonly received: Received[] = [];
  /** TLS connections that were made since the start. */
  connections = 0;
  handle: Handler = (_, response) => answer(response, 404, status("NotFound"));
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  static async start(certified: Certified, authority?: Authority): Promise<FakeApiServer> {
    const server = new FakeApiServer(certified, authority);
    server.#server.listen(0, "127.0.0.1");
    await once(server.#server, "listening");
    return server;
  }

  private constructor({ cert, key }: Certified, authority?: Authority) {
    const clients = authority === undefined ? {} : { ca: authority.cert, requestCert: true };
    this.#server = createServer({ cert, key, ...clients, keepAliveTimeout: 600_000 });
    this.#server.on("secureConnection", (socket: Socket) => {
      this.connections += 1;
      this.#sockets.add(socket);
      socket.on("close", () => this.#sockets.delete(socket)).on("error", () => {});
    });
    this.#server.on("request", (request: IncomingMessage, response: ServerResponse) => {
      void this.#receive(request, response);
    });
  }

  get url(): URL {
    const { port } = this.#server.address() as AddressInfo; // it listens on TCP
    return new URL(`https://127.0.0.1:${port}`);
  }

  get openSockets(): number {
    return this.#sockets.size;
  }

  setCertificate({ cert, key }: Certified): void {
    this.#server.setSecureContext({ cert, key });
  }

  /** Every connection is reset. */
  resetConnections(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.resetConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "https://127.0.0.1");
    const received = {
      method: request.method ?? "",
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body: await text(request),
    };
    this.received.push(received);
    this.handle(received, response);
  }
}

export function answer(
  response: ServerResponse,
  code: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(code, { "content-type": "application/json", ...headers });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
}

/** metav1.Status as the API server writes it. */
export function status(reason: string, message = `it is ${reason}`, details: object = {}): object {
  return { kind: "Status", apiVersion: "v1", metadata: {}, status: "Failure", reason, message, details };
}
