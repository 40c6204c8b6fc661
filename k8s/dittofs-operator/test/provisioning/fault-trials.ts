import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import { type FaultKind, faultKinds, type RequestRecord } from "../../double/start-double.ts";
import type { DittoServer } from "../../src/api/ditto-server.ts";
import type { DittoFsSeen } from "../../src/domain/dittofs-seen.ts";
import type { DoubleProvisioning } from "./double-provisioning.ts";

/** Longer than any pause, and long enough for the token to be refreshed. */
export const longPauseMs = 13 * 60_000;
const mostPasses = 4;

type Seen = { readonly seen: DittoFsSeen[]; readonly requests: readonly RequestRecord[] };
type Trial = (endpoint: string, fault: FaultKind) => Promise<{ readonly passes: number }>;

export function isConverged(seen: DittoFsSeen | undefined): boolean {
  return seen?.kind === "answered" && seen.outcomes.every(({ result }) => result.kind !== "failed");
}

/** Endpoints, as `METHOD /path`, that a pass uses when nothing fails. */
export async function endpointsOf(at: DoubleProvisioning, server: DittoServer): Promise<readonly string[]> {
  try {
    const { requests } = await at.requestsOf(() => at.pass(server));
    return [...new Set(requests.map(({ method, path }) => `${method} ${path}`))];
  } finally {
    await at.fresh.end();
  }
}

/** The fault lasts for one pass; then the server is well again and has to converge, and `more` passes follow. */
export async function faultForOnePass(
  at: DoubleProvisioning,
  { server, where, fault, more = 0 }: { server: DittoServer; where: string; fault: FaultKind; more?: number },
): Promise<Seen> {
  const { double } = at.fresh;
  const first = double.requests.length;
  double.faults.set(where, fault);
  const seen = [await at.pass(server)];
  double.faults.clear();
  while (!isConverged(seen.at(-1)) && seen.length < mostPasses) {
    await at.clock.advance(longPauseMs);
    seen.push(await at.pass(server));
  }
  for (let count = 0; count < more; count += 1) seen.push(await at.pass(server));
  assert.ok(isConverged(seen.at(-1)), `does not converge: ${JSON.stringify(seen.at(-1))}`);
  return { seen, requests: double.requests.slice(first) };
}

/** Each fault at each endpoint, as a test of its own. */
export async function everyFault(context: TestContext, endpoints: readonly string[], trial: Trial): Promise<void> {
  assert.notEqual(endpoints.length, 0, "no endpoint is tried");
  let passes = 0;
  for (const endpoint of endpoints)
    for (const fault of faultKinds)
      await context.test(`${endpoint}: ${fault}`, async () => {
        passes += (await trial(endpoint, fault)).passes;
      });
  const trials = endpoints.length * faultKinds.length;
  context.diagnostic(
    `${endpoints.length} endpoints x ${faultKinds.length} faults = ${trials} trials, ${passes} passes`,
  );
}
