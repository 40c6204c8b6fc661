import { lookup } from "node:dns/promises";
import { connect } from "node:net";

/** How the server reaches object stores; a test gives its own so that nothing leaves the machine. */
export interface Network {
  /** The addresses of a host name. Rejects when there are none. */
  resolve(host: string): Promise<readonly string[]>;
  /** Whether a TCP connection can be made within the time. */
  dial(host: string, port: number, timeoutMs: number): Promise<boolean>;
}

export function systemNetwork(): Network {
  return {
    resolve: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
    dial,
  };
}

function dial(host: string, port: number, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: timeoutMs });
    const end = (isUp: boolean) => (): void => {
      socket.destroy();
      resolve(isUp);
    };
    socket.once("connect", end(true)).once("error", end(false)).once("timeout", end(false));
  });
}
