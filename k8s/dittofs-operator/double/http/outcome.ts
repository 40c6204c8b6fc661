import type { ServerResponse } from "node:http";
import type { Wire } from "./answer.ts";

/** What becomes of a request. */
export type Outcome =
  | ({ readonly kind: "sent" } & Wire)
  /** Half of the body, and then the end of the connection. */
  | ({ readonly kind: "brokenOff" } & Wire)
  /** The connection ends without an answer; the status is that of the work. */
  | { readonly kind: "closed" | "reset"; readonly status: number }
  | { readonly kind: "hanging"; readonly status: 0 };

/** Lets it become of a request that came over HTTP. */
export function deliver(outcome: Outcome, response: ServerResponse): void {
  switch (outcome.kind) {
    case "sent":
      response.writeHead(outcome.status, outcome.headers).end(outcome.body);
      return;
    case "brokenOff": {
      const { status, headers, body } = outcome;
      response.writeHead(status, { ...headers, "content-length": String(Buffer.byteLength(body) + 1) });
      response.write(body.slice(0, Math.floor(body.length / 2)), () => response.destroy());
      return;
    }
    case "closed":
      response.destroy();
      return;
    case "reset":
      response.socket?.resetAndDestroy();
      return;
    case "hanging":
      return;
  }
}
