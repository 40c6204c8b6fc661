import type { ServerResponse } from "node:http";
import type { Wire } from "./answer.ts";
import type { FaultKind } from "./fault.ts";

export interface FaultyRequest {
  readonly response: ServerResponse;
  /** Handles the request for real. */
  readonly answer: () => Promise<Wire>;
  readonly record: (status: number) => void;
}

const bigBodyBytes = 32 * 2 ** 20;
const html = (line: string): string =>
  `<!DOCTYPE html><html><head><title>${line}</title></head><body><h1>${line}</h1></body></html>\n`;

/** Ends a request with a fault. Those of a proxy never reach the server; `resetAfterCommit`, `cutBody` and `emptyList` happen after it did its work. */
export async function faultyEnd(fault: FaultKind, { response, answer, record }: FaultyRequest): Promise<void> {
  const send = (status: number, type: string, body: string, headers: Readonly<Record<string, string>> = {}): void => {
    record(status);
    response.writeHead(status, { "content-type": type, ...headers }).end(body);
  };
  switch (fault) {
    case "500":
      return send(
        500,
        "application/problem+json",
        '{"type":"about:blank","title":"Internal Server Error","status":500,"detail":"fault"}\n',
      );
    case "html503":
      return send(503, "text/html", html("503 Service Temporarily Unavailable"));
    case "429":
      return send(429, "text/plain; charset=utf-8", "Too Many Requests\n", { "retry-after": "1" });
    case "401once":
      return send(401, "text/plain; charset=utf-8", "Invalid or expired token\n");
    case "403":
      return send(403, "text/plain; charset=utf-8", "Admin access required\n");
    case "redirect":
      return send(302, "text/html", html("302 Found"), { location: "https://login.invalid/" });
    case "hang":
      return record(0);
    case "bigBody":
      return send(200, "application/json", `["${"x".repeat(bigBodyBytes)}"]\n`);
    case "emptyList":
      await answer();
      return send(200, "application/json", "[]\n");
    case "resetAfterCommit":
      record((await answer()).status);
      response.socket?.resetAndDestroy();
      return;
    case "cutBody":
      return cutBody(response, await answer(), record);
  }
}

function cutBody(response: ServerResponse, sent: Wire, record: (status: number) => void): void {
  record(sent.status);
  response.writeHead(sent.status, { ...sent.headers, "content-length": String(Buffer.byteLength(sent.body) + 1) });
  response.write(sent.body.slice(0, Math.floor(sent.body.length / 2)), () => response.destroy());
}
