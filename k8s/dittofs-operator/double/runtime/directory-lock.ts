import { closeSync, openSync, unlinkSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";

import { makeFolder } from "../state/make-folder.ts";

const name = ".dittofs-double.lock";

export interface DirectoryLock {
  release(): Promise<void>;
}

/**
 * Takes a directory for one owner, in this process or any other, and makes it if needed. Answers undefined if somebody has it.
 * The lock is a Unix socket in the directory: it works across containers that share the volume, and a killed owner leaves a dead one
 * that the next takes over. The path through /proc keeps it below the 108 bytes of a socket address.
 */
export async function lockDirectory(path: string): Promise<DirectoryLock | undefined> {
  makeFolder(path);
  const folder = openSync(path, "r");
  const socketPath = `/proc/self/fd/${folder}/${name}`;
  try {
    const server = (await listening(socketPath)) ?? (await afterDeadOwner(socketPath));
    if (server === undefined) return undefined;
    server.unref();
    return { release: () => release(server, folder) };
  } catch (cause) {
    closeSync(folder);
    throw cause;
  }
}

async function afterDeadOwner(socketPath: string): Promise<Server | undefined> {
  if (await isAlive(socketPath)) return undefined;
  unlinkSync(socketPath);
  return await listening(socketPath);
}

function listening(socketPath: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once("error", (error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE" ? resolve(undefined) : reject(error),
    );
    server.listen(socketPath, () => resolve(server));
  });
}

function isAlive(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

function release(server: Server, folder: number): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      closeSync(folder);
      resolve();
    });
  });
}
