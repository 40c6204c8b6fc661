import type * as z from "zod/mini";
import type { DittoFsTarget } from "../outside/dittofs-target.ts";
import type { DittoFsAnswer } from "../outside.ts";
import type { Clock } from "../runtime/clock.ts";
import { answer } from "./answer.ts";
import type { Exchange, Exchanging } from "./exchange.ts";

export type Asking<T> = Pick<Exchange, "method" | "path"> & {
  readonly schema: z.ZodMiniType<T>;
  readonly signal: AbortSignal;
  readonly body?: Readonly<Record<string, unknown>>;
  /** Lists may be longer than single objects. */
  readonly isList?: boolean;
  /** Values in the body that no text may show. */
  readonly secrets?: readonly string[];
  /** Five seconds if left out; more where the server itself waits for something else. */
  readonly timeoutMs?: number;
};

/** Calls one server, as one account. */
export type Rest = <T>(asking: Asking<T>) => Promise<DittoFsAnswer<T>>;

const usualTimeoutMs = 5000;
const objectBytes = 2 ** 20;
const listBytes = 8 * 2 ** 20;

export function rest(at: {
  readonly target: DittoFsTarget;
  readonly clock: Clock;
  readonly exchange: Exchanging;
  readonly accessToken?: string;
}): Rest {
  const { target, clock, exchange, accessToken } = at;
  return async ({ method, path, schema, signal, body, isList, secrets = [], timeoutMs = usualTimeoutMs }) => {
    const limits = { timeoutMs, answerBytes: isList === true ? listBytes : objectBytes };
    const result = await exchange(
      { target, clock, limits, signal },
      {
        method,
        path,
        ...(accessToken === undefined ? {} : { accessToken }),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      },
    );
    const carried = accessToken === undefined ? secrets : [...secrets, accessToken];
    return answer({ request: `${method} ${path}`, secrets: carried, wallMs: clock.wallMs() }, result, schema);
  };
}
