import assert from "node:assert/strict";
import { test } from "node:test";
import { parsedUsage, processUsage } from "./process-usage.ts";

const stat = "42 (a (b) c) S 1 42 42 0 -1 4194304 100 0 0 0 150 25 7 8 20 0 11 0 99 1000 200";
const status = "Name:\ta\nVmPeak:\t  9000 kB\nVmHWM:\t  2048 kB\nVmRSS:\t  1024 kB\n";

test("CPU is user and system time of the process without its children, whatever its name is", () => {
  assert.equal(parsedUsage(stat, status).cpuMs, 1750);
});

test("memory is what is resident, now and at its peak", () => {
  const { residentBytes, peakResidentBytes } = parsedUsage(stat, status);
  assert.deepEqual([residentBytes, peakResidentBytes], [1_048_576, 2_097_152]);
});

test("the figures of this process are those that Node knows", () => {
  const { cpuMs, residentBytes } = processUsage(process.pid);
  const { user, system } = process.cpuUsage();
  assert.ok(Math.abs(cpuMs - (user + system) / 1000) < 100, `${cpuMs} ms`);
  assert.ok(Math.abs(residentBytes / process.memoryUsage.rss() - 1) < 0.2, `${residentBytes} bytes`);
});
