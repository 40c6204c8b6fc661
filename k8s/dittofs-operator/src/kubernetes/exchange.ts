import type { IncomingHttpHeaders, IncomingMessage, ClientRequest } from "node:http";
import { type Agent, request } from "node:https";
import type { ConnectionOptions } from "node:tls";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { Clock } from "../runtime/clock.ts";
import type { ApiAnswer } from "../runtime/kubernetes-api.ts";
import { noAnswer } from "./api-failure.ts";

export type Exchange = {
  readonly clock: Clock;
  readonly agent: Agent;
  readonly serverUrl: URL;
  readonly tls: ConnectionOptions;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** For the whole exchange, or for a stream until its headers are there. */
  readonly deadlineMs: number;
  readonly signal: AbortSignal | undefined;
};

export type Answered = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string };
export type Opened = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly message: IncomingMessage;
};

const unzip = promisify(gunzip);
/** A page of 500 objects of the largest size that etcd takes is 750 MB; nothing sensible comes near this. */
const mostBytes = 256 * 1024 * 1024;

/** One request and its whole answer. Never rejects: what went wrong on the way is the answer. */
export async function exchange(asked: Exchange): Promise<ApiAnswer<Answered>> {
  return await withDeadline(asked, async (send) => {
    const { message } = await send();
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of message as AsyncIterable<Buffer>) {
      // without an encoding the chunks are buffers
      bytes += chunk.length;
      if (bytes > mostBytes) throw new Error(`the answer is longer than ${mostBytes} bytes`);
      chunks.push(chunk);
    }
    const body = Buffer.concat(chunks);
    const text = message.headers["content-encoding"] === "gzip" ? await unzip(body) : body;
    return { status: message.statusCode ?? 0, headers: message.headers, body: text.toString("utf8") };
  });
}

/** One request whose answer is read as it comes. The deadline ends with the headers; afterwards only the signal ends it. */
export async function openStream(asked: Exchange): Promise<ApiAnswer<Opened>> {
  return await withDeadline(asked, async (send) => {
    const { message } = await send();
    return { status: message.statusCode ?? 0, headers: message.headers, message };
  });
}

type Send = () => Promise<{ readonly message: IncomingMessage }>;

async function withDeadline<T>(asked: Exchange, run: (send: Send) => Promise<T>): Promise<ApiAnswer<T>> {
  const progress: Progress = { isConnected: false, isLate: false };
  let sent: ClientRequest | undefined;
  const cancel = asked.clock.after(asked.deadlineMs, () => {
    progress.isLate = true;
    sent?.destroy(new Error(`no answer within ${asked.deadlineMs} ms`));
  });
  try {
    return {
      ok: true,
      value: await run(async () => {
        sent = prepared(asked, progress);
        return { message: await responseTo(sent, asked.body) };
      }),
    };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return {
      ok: false,
      failure: noAnswer(
        progress.isLate ? "timeout" : "unreachable",
        `${asked.method} ${pathOf(asked)}: ${text}`,
        progress.isConnected,
      ),
    };
  } finally {
    cancel();
  }
}

/** Whether the request can have reached the server, and whether its time was up. */
type Progress = { isConnected: boolean; isLate: boolean };

function prepared(
  { agent, serverUrl, tls, method, path, headers, signal }: Exchange,
  progress: Progress,
): ClientRequest {
  const prefix = serverUrl.pathname.replace(/\/$/, "");
  const sent = request({
    ...tls,
    agent,
    host: serverUrl.hostname.replace(/^\[(.*)\]$/, "$1"),
    port: serverUrl.port === "" ? 443 : Number(serverUrl.port),
    method,
    path: `${prefix}${path}`,
    headers,
    ...(signal !== undefined && { signal }),
  });
  sent.on("socket", (socket) => {
    socket.setKeepAlive(true, 30_000);
    if (sent.reusedSocket) progress.isConnected = true;
    else socket.once("secureConnect", () => (progress.isConnected = true));
  });
  return sent;
}

async function responseTo(sent: ClientRequest, body: string | undefined): Promise<IncomingMessage> {
  return await new Promise((resolve, reject) => {
    sent.once("response", resolve);
    sent.on("error", reject);
    sent.end(body);
  });
}

/** Without the query, which may be long and says nothing more. */
function pathOf({ path }: Exchange): string {
  return path.split("?")[0] ?? path;
}
