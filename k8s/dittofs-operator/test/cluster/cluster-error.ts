import type { ApiAnswer } from "./admin-connection.ts";

/** The API server said no, in its own words. */
export class ClusterError extends Error {
  override readonly name = "ClusterError";
  readonly status: number;

  constructor(request: string, { status, body }: ApiAnswer) {
    super(`${request}: ${status} ${messageOf(body)}`);
    this.status = status;
  }
}

function messageOf(body: unknown): string {
  const isStatus = typeof body === "object" && body !== null && "message" in body;
  return String(isStatus ? body.message : body).slice(0, 1000);
}
