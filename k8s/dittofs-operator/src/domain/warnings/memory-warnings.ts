import type { DittoServer } from "../../api/ditto-server.ts";
import { canonicalQuantity, quantityBytes } from "../quantity.ts";

const leastBytes = 512n * 1024n ** 2n;

/** Reading half a gigabyte of contents at its start takes the server more than that; no soft limit saves it then. */
export function memoryWarnings({ spec }: DittoServer): readonly string[] {
  const limit = spec.resources?.limits?.["memory"];
  if (limit === undefined || quantityBytes(limit) >= leastBytes) return [];
  return [
    `spec.resources.limits.memory is ${canonicalQuantity(limit)}: once a share holds about half a gigabyte, the server needs more at each start and is killed each time. Give it 512Mi at least, better 1Gi.`,
  ];
}
