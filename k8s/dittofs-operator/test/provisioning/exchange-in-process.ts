import type { Double, Outcome } from "../../double/start-double.ts";
import { answered, type ExchangeResult, type Exchanging } from "../../src/dittofs/exchange.ts";
import { within } from "../../src/dittofs/within.ts";

/** What `exchange` gives, from a double in this process and without a connection, which is most of the price. */
export function exchangeInProcess({ ask }: Double): Exchanging {
  return (way, { method, path, accessToken, body = "" }) =>
    within(way, (end) => {
      const authorization = accessToken === undefined ? undefined : `Bearer ${accessToken}`;
      void ask({ method, url: path, authorization, body: { kind: "text", text: body } }).then((outcome) => {
        if (outcome.kind !== "hanging") end(resultOf(outcome, way.limits.answerBytes));
      });
      return { cancel: () => undefined };
    });
}

function resultOf(outcome: Exclude<Outcome, { readonly kind: "hanging" }>, answerBytes: number): ExchangeResult {
  if (outcome.kind !== "sent") return { kind: "noAnswer", message: "the connection was cut off" };
  const { status, headers, body } = outcome;
  return Buffer.byteLength(body) > answerBytes ? { kind: "tooLong" } : answered(status, headers, body);
}
