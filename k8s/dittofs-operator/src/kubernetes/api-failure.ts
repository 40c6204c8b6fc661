import * as z from "zod/mini";
import type { ApiFailure } from "../runtime/kubernetes-api.ts";

/** metav1.Status, as far as decisions and people need it; every part may be missing. */
const statusSchema = z.object({
  reason: z.optional(z.string()),
  message: z.optional(z.string()),
  code: z.optional(z.number()),
  details: z.optional(
    z.object({
      causes: z.optional(
        z.array(
          z.object({ field: z.optional(z.string()), message: z.optional(z.string()), reason: z.optional(z.string()) }),
        ),
      ),
      retryAfterSeconds: z.optional(z.number()),
    }),
  ),
});

const longestMessage = 1_000;
const mostCauses = 20;
const longestRetryAfterMs = 300_000;

/** What an answer other than 2xx means: by status code and the machine-readable reason, never by its message. */
export function apiFailure(status: number, body: string, retryAfterHeader?: string): ApiFailure {
  const parsed = statusSchema.safeParse(jsonOf(body));
  return failureOf({ status, told: parsed.success ? parsed.data : undefined, retryAfterHeader });
}

/** The Status object that an ERROR event of a watch carries. */
export function apiFailureOfEvent(object: unknown): ApiFailure {
  const parsed = statusSchema.safeParse(object);
  const told = parsed.success ? parsed.data : {};
  return failureOf({ status: told.code ?? 500, told, retryAfterHeader: undefined });
}

type Told = z.infer<typeof statusSchema>;
type Inputs = {
  readonly status: number;
  readonly told: Told | undefined;
  readonly retryAfterHeader: string | undefined;
};

function failureOf({ status, told, retryAfterHeader }: Inputs): ApiFailure {
  const waitMs = retryAfterMs(retryAfterHeader) ?? secondsInMs(told?.details?.retryAfterSeconds);
  return {
    code: codeOf(status, told),
    status,
    message: told?.message?.slice(0, longestMessage) ?? `HTTP ${status} without a word from the Kubernetes API`,
    causes: (told?.details?.causes ?? [])
      .slice(0, mostCauses)
      .map(({ field = "", message = "" }) => ({ field, message: message.slice(0, longestMessage) })),
    ...(waitMs !== undefined && { retryAfterMs: waitMs }),
    // A gateway on the way may have lost the answer of a request that was carried out.
    mayHaveHappened: status >= 500,
  };
}

function codeOf(status: number, told: Told | undefined): ApiFailure["code"] {
  switch (status) {
    case 400:
    case 405:
    case 406:
    case 413:
    case 415:
      return "badRequest";
    case 401:
      return "unauthorized";
    case 403:
      return told?.details?.causes?.some(({ reason }) => reason === "NamespaceTerminating") === true
        ? "namespaceTerminating"
        : "forbidden";
    case 404:
      return "notFound";
    case 409:
      return told?.reason === "AlreadyExists" ? "alreadyExists" : "conflict";
    case 410:
      return "expired";
    case 422:
      return "invalid";
    case 429:
      return "tooManyRequests";
    case 408:
    case 504:
      return "timeout";
    default:
      return told?.reason === "Expired" || told?.reason === "Gone" ? "expired" : "serverError";
  }
}

/** From a Retry-After header in seconds, at most five minutes; the API server sends no dates. */
export function retryAfterMs(header: string | undefined): number | undefined {
  return header !== undefined && /^[0-9]{1,9}$/.test(header) ? secondsInMs(Number(header)) : undefined;
}

function secondsInMs(seconds: number | undefined): number | undefined {
  return seconds === undefined || seconds < 0 ? undefined : Math.min(seconds * 1_000, longestRetryAfterMs);
}

/** Sentences about values may quote them. Of an object that holds secrets only the names of the fields are passed on. */
export function withoutQuotedValues(failure: ApiFailure): ApiFailure {
  if (!quotingCodes.has(failure.code)) return failure;
  const fields = failure.causes.map(({ field }) => field).filter((field) => field !== "");
  const where = fields.length === 0 ? "" : ` because of ${fields.join(", ")}`;
  return {
    ...failure,
    message: `the API server refused the object${where}; its words are left out, since they may quote secret values`,
    causes: failure.causes.map(({ field }) => ({ field, message: "" })),
  };
}

const quotingCodes: ReadonlySet<ApiFailure["code"]> = new Set(["invalid", "badRequest", "serverError"]);

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** No answer came. `mayHaveHappened` is true as soon as the request was on its way. */
export function noAnswer(code: "timeout" | "unreachable", message: string, mayHaveHappened: boolean): ApiFailure {
  return { code, message: message.slice(0, longestMessage), causes: [], mayHaveHappened };
}
