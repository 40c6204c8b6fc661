import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { adminPassword, doubleFor } from "../double/fresh-double.ts";
import { faultKinds } from "../double/start-double.ts";
import { type ExchangeResult, exchange } from "../src/dittofs/exchange.ts";
import { ManualClock } from "../src/runtime/manual-clock.ts";
import { exchangeInProcess } from "./provisioning/exchange-in-process.ts";

const limits = { timeoutMs: 5000, answerBytes: 2 ** 20 };
const requests = [
  { method: "GET", path: "/api/v1/groups" },
  { method: "GET", path: "/api/v1/groups/users?with=query" },
  { method: "GET", path: "/api/v1/groups/nobody" },
  { method: "POST", path: "/api/v1/groups", body: '{"name":"eng"}' },
  { method: "PUT", path: "/api/v1/groups/users", body: '{"description":"all of us"}' },
  { method: "DELETE", path: "/api/v1/groups/eng" },
  { method: "PATCH", path: "/api/v1/shares", body: "{" },
] as const; // methods by name

/** What each of the requests ends with, and what the double has noted. */
async function endsOf(t: Parameters<typeof doubleFor>[0], fault: (typeof faultKinds)[number] | undefined, way: string) {
  const { double, login } = await doubleFor(t, { clock: new ManualClock() });
  const accessToken = await login("admin", adminPassword);
  const { hostname: host, port } = new URL(double.url);
  const exchanging = way === "wire" ? exchange : exchangeInProcess(double);
  if (fault !== undefined)
    for (const path of ["/api/v1/groups", "/api/v1/groups/{group}"]) double.faults.set(`* ${path}`, fault);
  const ends: ExchangeResult[] = [];
  for (const asked of requests) {
    const clock = new ManualClock();
    const { signal } = new AbortController();
    const noted = double.requests.length;
    const ending = exchanging(
      { target: { host, port: Number(port) }, clock, limits, signal },
      { ...asked, accessToken },
    ).then((end) => ends.push(end));
    while (double.requests.length === noted) await setImmediate();
    if (double.requests.at(-1)?.status === 0) await clock.advance(limits.timeoutMs);
    await ending;
  }
  return { ends: JSON.parse(withoutIds(JSON.stringify(ends))) as unknown, noted: double.requests };
}

const withoutIds = (text: string): string => text.replaceAll(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, "id");

for (const fault of [undefined, ...faultKinds])
  test(`${fault ?? "no fault"}: without the wire a request ends as over the wire`, async (t) => {
    assert.deepEqual(await endsOf(t, fault, "in process"), await endsOf(t, fault, "wire"));
  });
