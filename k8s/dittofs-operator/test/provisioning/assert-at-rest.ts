import assert from "node:assert/strict";
import type { DittoServer } from "../../src/api/ditto-server.ts";
import { type DoubleProvisioning, writesAmong } from "./double-provisioning.ts";

/** One more pass writes nothing, at the price of a poll. */
export async function assertAtRest(at: DoubleProvisioning, server: DittoServer): Promise<void> {
  const { requests } = await at.requestsOf(() => at.pass(server));
  assert.deepEqual(writesAmong(requests), [], "then it is at rest");
  assert.ok(requests.length <= 8);
}
