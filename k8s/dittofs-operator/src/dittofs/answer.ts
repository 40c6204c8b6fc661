import * as z from "zod/mini";
import type { DittoFsAnswer, DittoFsFailure, DittoFsRefusal } from "../outside.ts";
import type { ExchangeResult } from "./exchange.ts";
import { publicText } from "./public-text.ts";
import { retryAfterMs } from "./retry-after.ts";

type Asked = {
  /** Method and path. */
  readonly request: string;
  /** What the call carried and must not come back in a text. */
  readonly secrets: readonly string[];
  readonly wallMs: number;
};

/** What an exchange means: the status decides, the body is only read where it is needed and never trusted. */
export function answer<T>(asked: Asked, result: ExchangeResult, schema: z.ZodMiniType<T>): DittoFsAnswer<T> {
  const { request } = asked;
  if (result.kind === "noAnswer") return { code: "unavailable", request, because: "noAnswer", detail: result.message };
  if (result.kind === "tooLong") return unreadable(request, "the answer is longer than this API's answers are");
  if (result.status >= 200 && result.status < 300) return parsed(asked, result, schema);
  return failure(asked, result);
}

function parsed<T>(
  { request, secrets }: Asked,
  { body, needsRestart }: Answered,
  schema: z.ZodMiniType<T>,
): DittoFsAnswer<T> {
  const json = jsonOf(body);
  if (json === undefined) return unreadable(request, "the answer is no JSON");
  const result = z.safeParse(schema, json.value);
  if (result.success) return { code: "ok", value: result.data, ...(needsRestart && { needsRestart }) };
  const where = result.error.issues[0]?.path.map(String).join(".") ?? "";
  return unreadable(
    request,
    publicText(`the answer has another form than this API's${where === "" ? "" : ` (at ${where})`}`, secrets),
  );
}

type Answered = Extract<ExchangeResult, { kind: "answered" }>;

const refusals: Readonly<Record<number, DittoFsRefusal["code"]>> = {
  401: "unauthorized",
  403: "forbidden",
  404: "notFound",
  409: "conflict",
};

function failure({ request, secrets, wallMs }: Asked, result: Answered): DittoFsFailure {
  const { status, retryAfter } = result;
  const detail = detailOf(result, secrets);
  if (status === 429) {
    return { code: "unavailable", request, because: "busy", detail, retryAfterMs: retryAfterMs(retryAfter, wallMs) };
  }
  if (status >= 400 && status < 500) return { code: refusals[status] ?? "badRequest", request, status, detail };
  if (status >= 500)
    return { code: "unavailable", request, because: "serverError", detail: `${status} ${detail}`.trim() };
  return unreadable(request, `status ${status}, which this API does not use`);
}

/** Plain text comes from the server's router and authentication; a page in HTML or XML comes from something else and says nothing. */
function detailOf({ contentType, body }: Answered, secrets: readonly string[]): string {
  if (/^text\/plain\b/i.test(contentType)) return publicText(body, secrets);
  const problem = z.safeParse(problemSchema, jsonOf(body)?.value);
  if (!problem.success) return "";
  const { detail, title, errors } = problem.data;
  const fields = Object.entries(errors ?? {}).map(([field, text]) => `${field} ${text}`);
  return publicText([detail ?? title ?? "", ...fields].join("; "), secrets);
}

const problemSchema = z.object({
  detail: z.optional(z.string()),
  title: z.optional(z.string()),
  /** By setting, where the server checks several at once. */
  errors: z.optional(z.record(z.string(), z.string())),
});

/** An empty body, as of a 204, is the value undefined. */
function jsonOf(body: string): { readonly value: unknown } | undefined {
  if (body.trim() === "") return { value: undefined };
  try {
    return { value: JSON.parse(body) };
  } catch {
    return undefined;
  }
}

function unreadable(request: string, detail: string): DittoFsFailure {
  return { code: "unavailable", request, because: "unreadable", detail };
}
