import type { IncomingMessage } from "node:http";
import { Agent, type AgentOptions, request } from "node:https";
import { text } from "node:stream/consumers";

export type ApiAnswer = { readonly status: number; readonly body: unknown };

/** Plain HTTPS to an API server as an administrator; independent of the operator's own client, which it tests. */
export type AdminConnection = {
  /** Rejects when no answer came. */
  send(method: string, path: string, body?: unknown, contentType?: string): Promise<ApiAnswer>;
  /** The lines of an answer as they come; ends when the server ends it, throws when it breaks or the status is not 200. */
  lines(path: string, signal: AbortSignal): AsyncIterable<unknown>;
};

export type ApiServer = {
  /** With the path under which a proxy has it. */
  readonly url: URL;
  readonly tls: Pick<AgentOptions, "ca" | "cert" | "key" | "servername" | "rejectUnauthorized">;
  /** Value of the Authorization header, where a certificate is not enough. */
  readonly authorization?: () => Promise<string | undefined>;
};

const requestTimeoutMs = 30_000;

export function httpsConnection({ url, tls, authorization }: ApiServer): AdminConnection {
  const agent = new Agent({ ...tls, keepAlive: true, maxSockets: 16 });
  const watchAgent = new Agent({ ...tls, keepAlive: false });
  const { hostname, port } = url;
  const host = { host: hostname.replace(/^\[(.*)\]$/, "$1"), port: port || 443 };
  const prefix = url.pathname.replace(/\/$/, "");
  const credentials = async (): Promise<Readonly<Record<string, string>>> => {
    const value = await authorization?.();
    return value === undefined ? {} : { authorization: value };
  };
  return {
    send: async (method, path, body, contentType = "application/json") => {
      const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
      const content = Buffer.from(body === undefined ? "" : JSON.stringify(body));
      const headers = {
        ...(await credentials()),
        accept: "application/json",
        "content-type": contentType,
        "content-length": content.length,
      };
      const options = { ...host, agent, method, path: prefix + path, headers, timeout: requestTimeoutMs };
      const sent = request(options, resolve);
      sent.on("error", reject).on("timeout", () => sent.destroy(new Error(`${method} ${path}: no answer`)));
      sent.end(content);
      const response = await promise;
      return { status: response.statusCode ?? 0, body: parsed(await text(response)) };
    },
    lines: async function* (path, signal) {
      const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
      const options = { ...host, agent: watchAgent, path: prefix + path, headers: await credentials(), signal };
      request(options, resolve).on("error", reject).end();
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
