import type { Wire } from "./answer.ts";
import type { FaultKind } from "./fault.ts";
import type { Outcome } from "./outcome.ts";

const bigBodyBytes = 10 * 2 ** 20;
const html = (line: string): string =>
  `<!DOCTYPE html><html><head><title>${line}</title></head><body><h1>${line}</h1></body></html>\n`;

/** What a fault makes of a request. Those of a proxy never reach the server; `resetAfterCommit`, `cutBody` and `emptyList` happen after it did its work. */
export async function faultyOutcome(
  fault: FaultKind,
  /** Handles the request for real. */
  answer: () => Promise<Wire>,
): Promise<Outcome> {
  switch (fault) {
    case "500":
      return sent(
        500,
        "application/problem+json",
        '{"type":"about:blank","title":"Internal Server Error","status":500,"detail":"fault"}\n',
      );
    case "html503":
      return sent(503, "text/html", html("503 Service Temporarily Unavailable"));
    case "429":
      return sent(429, "text/plain; charset=utf-8", "Too Many Requests\n", { "retry-after": "1" });
    case "401once":
      return sent(401, "text/plain; charset=utf-8", "Invalid or expired token\n");
    case "403":
      return sent(403, "text/plain; charset=utf-8", "Admin access required\n");
    case "redirect":
      return sent(302, "text/html", html("302 Found"), { location: "https://login.invalid/" });
    case "hang":
      return { kind: "hanging", status: 0 };
    case "bigBody":
      return sent(200, "application/json", `["${"x".repeat(bigBodyBytes)}"]\n`);
    case "emptyList":
      await answer();
      return sent(200, "application/json", "[]\n");
    case "resetAfterCommit":
      return { kind: "reset", status: (await answer()).status };
    case "cutBody":
      return { kind: "brokenOff", ...(await answer()) };
  }
}

function sent(status: number, type: string, body: string, headers: Readonly<Record<string, string>> = {}): Outcome {
  return { kind: "sent", status, headers: { "content-type": type, ...headers }, body };
}
