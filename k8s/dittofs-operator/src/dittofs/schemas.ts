import * as z from "zod/mini";
import type { DittoFsHealth } from "../outside.ts";
import { publicText } from "./public-text.ts";

const healthStates = ["healthy", "degraded", "unhealthy", "disabled"] as const;

/** A list; the server writes some empty ones as null. */
export function listOf<T>(item: z.ZodMiniType<T>) {
  return z.pipe(
    z.nullable(z.array(item)),
    z.transform((items): readonly T[] => items ?? []),
  );
}

/** An answer whose content does not matter. */
export const anything = z.unknown();

/** An RFC 3339 time in milliseconds since the epoch; what is no time is undefined. */
export function timeMs(text: string | undefined): number | undefined {
  const ms = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}

/** The report that stores, shares and adapters carry; states of later versions are unknown to us as much as "unknown". */
export const health = z.pipe(
  z.nullish(
    z.object({
      status: z.optional(z.string()),
      message: z.nullish(z.string()),
      checked_at: z.optional(z.string()),
    }),
  ),
  z.transform((report): DittoFsHealth => {
    const checkedAtMs = timeMs(report?.checked_at);
    return {
      status: healthStates.find((state) => state === report?.status) ?? "unknown",
      message: publicText(report?.message ?? ""),
      ...(checkedAtMs === undefined ? {} : { checkedAtMs }),
    };
  }),
);
