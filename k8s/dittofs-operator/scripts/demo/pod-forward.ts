import { createServer, type Socket } from "node:net";
import { type KubeConfig, PortForward } from "@kubernetes/client-node";
import type { ObjectRef } from "../../test/cluster/object-ref.ts";
import type { RestAddress } from "./stage.ts";

export type PodForward = { readonly address: RestAddress; readonly close: () => void };

/**
 * A local port behind which a pod's port answers, by way of the API server, as with `kubectl port-forward`. Each connection finds the
 * pod that has the name then, so that it goes on after a restart.
 */
export async function forwardToPod(config: KubeConfig, pod: ObjectRef, podPort: number): Promise<PodForward> {
  const forward = new PortForward(config);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy()).on("close", () => sockets.delete(socket));
    connect(forward, { socket, pod, podPort }).catch(() => socket.destroy());
  });
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  server.on("error", reject).listen(0, "127.0.0.1", () => {
    const address = server.address();
    resolve(typeof address === "object" && address !== null ? address.port : 0);
  });
  const port = await promise;
  return {
    address: { host: "127.0.0.1", port },
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

type Connecting = { readonly socket: Socket; readonly pod: ObjectRef; readonly podPort: number };

/** The part of a WebSocket that counts here; the package's own types need another package. */
type Opened = {
  readonly close: () => void;
  readonly addEventListener: (event: "close" | "error", listener: () => void) => void;
};

async function connect(forward: PortForward, { socket, pod, podPort }: Connecting): Promise<void> {
  const answer: unknown = await forward.portForward(
    pod.namespace ?? "default",
    pod.name,
    [podPort],
    socket,
    null,
    socket,
  );
  const opened = answer as Opened; // a WebSocket, because it is told to try once
  opened.addEventListener("close", () => socket.destroy());
  opened.addEventListener("error", () => socket.destroy());
  socket.on("close", () => opened.close());
  if (socket.destroyed) opened.close();
}
