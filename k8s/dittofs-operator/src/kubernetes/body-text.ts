import type { IncomingMessage } from "node:http";
import { pipeline, type Readable } from "node:stream";
import { createGunzip } from "node:zlib";

/** The whole body, unpacked (off the main thread) where it is packed. Throws when it is cut off or too long. */
export async function bodyText(response: IncomingMessage, mostBytes: number): Promise<string> {
  const isPacked = response.headers["content-encoding"] === "gzip";
  // A broken packed body ends the loop below with its error, so that the callback has nothing to add.
  const plain: Readable = isPacked ? pipeline(response, createGunzip(), () => {}) : response;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of plain) {
    const part = chunk as Buffer; // a stream without an encoding yields buffers
    bytes += part.length;
    if (bytes > mostBytes) throw new Error(`the answer is longer than ${mostBytes} bytes`);
    chunks.push(part);
  }
  return Buffer.concat(chunks).toString("utf8");
}
