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
  return failureOf({ status, ...(parsed.success ? { told: parsed.data } : {}), body, retryAfterHeader });
}

/** The Status object that an ERROR event of a watch carries. */
export function apiFailureOfEvent(object: unknown): ApiFailure {
  const parsed = statusSchema.safeParse(object);
  const told = parsed.success ? parsed.data : {};
  return failureOf({ status: told.code ?? 500, told, body: "", retryAfterHeader: undefined });
}

type Told = z.infer<typeof statusSchema>;
type Inputs = {
  readonly status: number;
  readonly told?: Told;
  readonly body: string;
  readonly retryAfterHeader: string | undefined;
};

function failureOf({ status, told, body, retryAfterHeader }: Inputs): ApiFailure {
  const retryAfterMs = retryAfter(retryAfterHeader, told?.details?.retryAfterSeconds);
  return {
    code: codeOf(status, told),
    status,
    message: (told?.message ?? body.trim()).slice(0, longestMessage) || `HTTP ${status}`,
    causes: (told?.details?.causes ?? [])
      .slice(0, mostCauses)
      .map(({ field = "", message = "" }) => ({ field, message: message.slice(0, longestMessage) })),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
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

function retryAfter(header: string | undefined, told: number | undefined): number | undefined {
  const seconds = header !== undefined && /^[0-9]+$/.test(header) ? Number(header) : told;
  return seconds === undefined ? undefined : Math.min(seconds * 1_000, longestRetryAfterMs);
}

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
