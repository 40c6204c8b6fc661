import { STATUS_CODES } from "node:http";

/** What the server sends: JSON, problem+json, text/plain (from its middleware), or no body. */
export type Answer =
  | {
      readonly kind: "json";
      readonly status: number;
      readonly body: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: "problem";
      readonly status: number;
      readonly detail: string;
      readonly title?: string;
      readonly errors?: Readonly<Record<string, string>>;
    }
  | { readonly kind: "redirect"; readonly status: number; readonly location: string }
  | { readonly kind: "text"; readonly status: number; readonly text: string }
  | { readonly kind: "empty"; readonly status: number; readonly headers?: Readonly<Record<string, string>> };

export const json = (body: unknown, status = 200): Answer => ({ kind: "json", status, body });
export const created = (body: unknown): Answer => json(body, 201);
export const accepted = (body: unknown, headers: Readonly<Record<string, string>> = {}): Answer => ({
  kind: "json",
  status: 202,
  body,
  headers,
});
export const noContent: Answer = { kind: "empty", status: 204 };
export const text = (status: number, line: string): Answer => ({ kind: "text", status, text: `${line}\n` });

/** Ends a handler early with an answer. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(answer.kind === "problem" ? answer.detail : `status ${answer.status}`);
    this.answer = answer;
  }
}

const problem = (status: number, detail: string): Refusal => new Refusal({ kind: "problem", status, detail });
export const badRequest = (detail: string): Refusal => problem(400, detail);
export const unauthorized = (detail: string): Refusal => problem(401, detail);
export const forbidden = (detail: string): Refusal => problem(403, detail);
export const notFound = (detail: string): Refusal => problem(404, detail);
export const conflict = (detail: string): Refusal => problem(409, detail);
export const preconditionFailed = (detail: string): Refusal => problem(412, detail);
export const tooLarge = (): Refusal => problem(413, "request body exceeds the 1 MiB limit");
export const serverError = (detail: string): Refusal => problem(500, detail);
export const gatewayTimeout = (detail: string): Refusal => problem(504, detail);

export interface Wire {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The answer as it goes over the wire. */
export function wire(answer: Answer): Wire {
  switch (answer.kind) {
    case "json":
      return {
        status: answer.status,
        headers: { "content-type": "application/json", ...answer.headers },
        body: `${JSON.stringify(answer.body)}\n`,
      };
    case "problem":
      return {
        status: answer.status,
        headers: { "content-type": "application/problem+json" },
        body: `${JSON.stringify(problemBody(answer))}\n`,
      };
    case "text":
      return {
        status: answer.status,
        headers: { "content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff" },
        body: answer.text,
      };
    case "redirect":
      return {
        status: answer.status,
        headers: { "content-type": "text/html; charset=utf-8", location: answer.location },
        body: `<a href="${answer.location}">Temporary Redirect</a>.\n\n`,
      };
    case "empty":
      return { status: answer.status, headers: { ...answer.headers }, body: "" };
  }
}

function problemBody({ status, title, detail, errors }: Extract<Answer, { kind: "problem" }>): unknown {
  const standardTitle = status === 413 ? "Request Entity Too Large" : STATUS_CODES[status];
  return {
    type: "about:blank",
    title: title ?? standardTitle,
    status,
    detail,
    ...(errors === undefined ? {} : { errors }),
  };
}
