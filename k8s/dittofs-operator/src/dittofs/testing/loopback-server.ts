import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import type { DittoFsTarget } from "../../outside/dittofs-target.ts";

export type Received = {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: string;
};

export type LoopbackServer = {
  readonly target: DittoFsTarget;
  readonly received: readonly Received[];
  /** Connections that are open. */
  connections(): Promise<number>;
  /** Resolves with the next request that arrives, after its answer was begun. */
  nextRequest(): Promise<void>;
  close(): Promise<void>;
};

/** An HTTP server on loopback that answers as told. */
export async function loopbackServer(
  answer: (request: Received, response: ServerResponse) => void,
): Promise<LoopbackServer> {
  const received: Received[] = [];
  let arrived = Promise.withResolvers<void>();
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const one = await receivedFrom(request);
    received.push(one);
    answer(one, response);
    arrived.resolve();
    arrived = Promise.withResolvers();
  };
  const server = createServer((request, response) => void handle(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    target: { host: "127.0.0.1", port },
    received,
    connections: () => new Promise((resolve) => server.getConnections((_, count) => resolve(count))),
    nextRequest: () => arrived.promise,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function receivedFrom(request: IncomingMessage): Promise<Received> {
  const { method = "", url = "", headers } = request;
  return { method, path: url, authorization: headers.authorization, body: await text(request) };
}
