import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from "node:http";
import { type Agent, request } from "node:https";
import type { Socket } from "node:net";
import type { ConnectionOptions } from "node:tls";
import type { Clock } from "../runtime/clock.ts";
import type { ApiAnswer } from "../runtime/kubernetes-api.ts";
import { noAnswer } from "./api-failure.ts";
import { bodyText } from "./body-text.ts";

/** What one try of a call needs besides the call itself; looked up anew for each try, within its time. */
export type Credentials = {
  readonly tls: ConnectionOptions;
  readonly headers: Readonly<Record<string, string>>;
};

export type Exchange = {
  readonly clock: Clock;
  readonly agent: Agent;
  readonly serverUrl: URL;
  readonly credentials: () => Promise<Credentials>;
  readonly method: string;
  readonly path: string;
  readonly body: string | undefined;
  /** For the whole exchange, or for a stream until its headers are there. */
  readonly deadlineMs: number;
  /** Of the answer, unpacked. */
  readonly mostBytes: number;
  readonly signal: AbortSignal | undefined;
  /** Asked when the request is about to be written; false calls it off unsent. */
  readonly maySend: () => boolean;
};

export type Answered = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** An answer that goes on: its `body` is empty. */
  readonly stream?: IncomingMessage;
};

/** One request and its whole answer. Never rejects: what went wrong on the way is the answer. */
export async function exchange(asked: Exchange): Promise<ApiAnswer<Answered>> {
  return await withinDeadline(asked, async (response) => await whole(response, asked.mostBytes));
}

/** One request whose answer is read as it comes, unless it is a refusal. After the headers only the signal ends it. */
export async function openStream(asked: Exchange): Promise<ApiAnswer<Answered>> {
  return await withinDeadline(asked, async (response) => {
    if (response.statusCode !== 200) return await whole(response, asked.mostBytes);
    return { status: response.statusCode, headers: response.headers, body: "", stream: response };
  });
}

async function whole(response: IncomingMessage, mostBytes: number): Promise<Answered> {
  const { statusCode, headers } = response;
  return { status: statusCode ?? 0, headers, body: await bodyText(response, mostBytes) };
}

async function withinDeadline(
  asked: Exchange,
  read: (response: IncomingMessage) => Promise<Answered>,
): Promise<ApiAnswer<Answered>> {
  const late = Promise.withResolvers<never>();
  const progress: Progress = { isOnItsWay: false, isLate: false, sent: undefined };
  const cancel = asked.clock.after(asked.deadlineMs, () => {
    const error = new Error(`no answer within ${asked.deadlineMs} ms`);
    progress.isLate = true;
    late.reject(error);
  });
  const run = async (): Promise<Answered> => {
    const { tls, headers } = await asked.credentials();
    if (progress.isLate) throw new Error("too late to send anything");
    progress.sent = prepared({ ...asked, tls, headers }, progress);
    return await read(await responseTo(progress.sent, asked.body));
  };
  try {
    return { ok: true, value: await Promise.race([run(), late.promise]) };
  } catch (error) {
    progress.sent?.destroy();
    const isCalledOff = progress.isLate || asked.signal?.aborted === true;
    const message = `${asked.method} ${pathOf(asked)}: ${error instanceof Error ? error.message : String(error)}`;
    return { ok: false, failure: noAnswer(isCalledOff ? "timeout" : "unreachable", message, progress.isOnItsWay) };
  } finally {
    cancel();
  }
}

type Progress = {
  /** Whether the request can have reached the server. */
  isOnItsWay: boolean;
  isLate: boolean;
  sent: ClientRequest | undefined;
};

/** Sockets whose handshake is done: what is written to them can arrive. */
const secured = new WeakSet<Socket>();

function prepared(
  { agent, serverUrl, tls, method, path, headers, signal, maySend }: Exchange & Credentials,
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
    if (!maySend()) {
      sent.destroy(new Error("not sent: this process no longer leads"));
      return;
    }
    // The operating system then notices a peer that is gone, also on a watch that waits for an hour.
    socket.setKeepAlive(true, 30_000);
    if (secured.has(socket)) progress.isOnItsWay = true;
    else
      socket.once("secureConnect", () => {
        secured.add(socket);
        progress.isOnItsWay = true;
      });
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
