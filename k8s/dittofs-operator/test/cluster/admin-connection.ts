import { readFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { Agent, request } from "node:https";
import { join } from "node:path";
import { text } from "node:stream/consumers";

export type ApiAnswer = { readonly status: number; readonly body: unknown };

/** Plain HTTPS to the lab's API server as an administrator; independent of the operator's own client, which it tests. */
export type AdminConnection = {
  /** Rejects when no answer came. */
  send(method: string, path: string, body?: unknown, contentType?: string): Promise<ApiAnswer>;
  /** The lines of an answer as they come; ends when the server ends it, throws when it breaks or the status is not 200. */
  lines(path: string, signal: AbortSignal): AsyncIterable<unknown>;
};

const host = "10.251.0.1";
const port = 6443;
const requestTimeoutMs = 30_000;

export function adminConnection(labDirectory: string): AdminConnection {
  const read = (name: string): Buffer => readFileSync(join(labDirectory, "pki", name));
  const credentials = { ca: read("ca.crt"), cert: read("admin.crt"), key: read("admin.key") };
  const agent = new Agent({ ...credentials, keepAlive: true, maxSockets: 16 });
  const watchAgent = new Agent({ ...credentials, keepAlive: false });
  return {
    send: async (method, path, body, contentType = "application/json") => {
      const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
      const content = Buffer.from(body === undefined ? "" : JSON.stringify(body));
      const headers = { accept: "application/json", "content-type": contentType, "content-length": content.length };
      const sent = request({ host, port, agent, method, path, headers, timeout: requestTimeoutMs }, resolve);
      sent.on("error", reject).on("timeout", () => sent.destroy(new Error(`${method} ${path}: no answer`)));
      sent.end(content);
      const response = await promise;
      return { status: response.statusCode ?? 0, body: parsed(await text(response)) };
    },
    lines: async function* (path, signal) {
      const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
      request({ host, port, agent: watchAgent, path, signal }, resolve).on("error", reject).end();
      const response = await promise;
      if (response.statusCode !== 200) throw new Error(`GET ${path}: ${response.statusCode} ${await text(response)}`);
      let rest = "";
      for await (const chunk of response.setEncoding("utf8")) {
        const lines = (rest + String(chunk)).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) yield parsed(line);
      }
    },
  };
}

function parsed(content: string): unknown {
  try {
    return JSON.parse(content) as unknown; // JSON.parse answers any
  } catch {
    return content;
  }
}
