import { connect } from "node:net";

/** A place, and the address of this machine from which it is tried. */
export type Way = { readonly host: string; readonly port: number; readonly localAddress: string };

const attemptMs = 2000;

/** Whether a TCP connection is taken. One that is refused, or that nobody answers, is not. */
export async function canConnect(way: Way): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect({ ...way, timeout: attemptMs });
  socket.on("connect", () => resolve(true));
  socket.on("timeout", () => resolve(false));
  socket.on("error", () => resolve(false));
  const isTaken = await promise;
  socket.destroy();
  return isTaken;
}
