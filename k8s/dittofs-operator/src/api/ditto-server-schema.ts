import * as z from "zod";
import { API_VERSION, KIND } from "./group.ts";
import { spec } from "./spec/spec.ts";
import { status } from "./status.ts";

/** A DittoServer as a user writes it; parsing gives what the API server stores after defaulting. Build and test time only. */
export const dittoServerSchema = z.strictObject({
  apiVersion: z.literal(API_VERSION),
  kind: z.literal(KIND),
  metadata: z.looseObject({ name: z.string() }),
  spec,
  status: status.exactOptional(),
});
