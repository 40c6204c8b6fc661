import assert from "node:assert/strict";
import { test } from "node:test";
import { startController } from "./controller.ts";
import { ManualClock } from "./manual-clock.ts";
import { createMetrics } from "./metrics.ts";
import type { Outcome } from "./outcome.ts";
import { WorkQueue } from "./queue.ts";
import { RateLimiter } from "./rate-limiter.ts";
import { RecordingLog } from "./testing/recording-log.ts";

/** The value of one line of the page. */
function valueOf(page: string, series: string): number | undefined {
  const line = page.split("\n").find((each) => each.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
}

test("queue and controller are counted under the names that dashboards know", async () => {
  const clock = new ManualClock();
  const { instruments, page } = createMetrics(clock);
  const outcomes: Outcome[] = [
    { kind: "done" },
    { kind: "lookAgain", afterMs: 3_600_000 },
    { kind: "retry", reason: "unreachable", afterMs: 3_600_000 },
    { kind: "terminal", reason: "invalid" },
  ];
  const limiter = new RateLimiter<string>(clock, { fraction: () => 0.5, bytes: (count) => new Uint8Array(count) });
  const queue = new WorkQueue<string>({ name: "widget", clock, limiter, instruments });
  startController({
    name: "widget",
    workers: 4,
    queue,
    clock,
    instruments,
    log: new RecordingLog(),
    timeoutMs: 120_000,
    reconcile: (key) =>
      key === "slow" ? new Promise(() => {}) : Promise.resolve(outcomes.shift() ?? { kind: "done" }),
  });
  for (const key of ["done", "again", "retry", "terminal", "slow"]) queue.add(key);
  await clock.advance(30_000);
  const { text, contentType } = await page();
  assert.match(contentType, /^text\/plain/);
  const queueLabels = '{name="widget",controller="widget"}';
  const expected: Readonly<Record<string, number>> = {
    [`workqueue_depth${queueLabels}`]: 0,
    [`workqueue_adds_total${queueLabels}`]: 5,
    [`workqueue_retries_total${queueLabels}`]: 1,
    [`workqueue_unfinished_work_seconds${queueLabels}`]: 30,
    [`workqueue_longest_running_processor_seconds${queueLabels}`]: 30,
    [`workqueue_queue_duration_seconds_count${queueLabels}`]: 5,
    [`workqueue_work_duration_seconds_count${queueLabels}`]: 4,
    'controller_runtime_reconcile_total{controller="widget",result="success"}': 1,
    'controller_runtime_reconcile_total{controller="widget",result="requeue_after"}': 1,
    'controller_runtime_reconcile_total{controller="widget",result="error"}': 2,
    'controller_runtime_reconcile_errors_total{controller="widget"}': 2,
    'controller_runtime_terminal_reconcile_errors_total{controller="widget"}': 1,
    'controller_runtime_reconcile_time_seconds_count{controller="widget"}': 4,
    'controller_runtime_max_concurrent_reconciles{controller="widget"}': 4,
    'controller_runtime_active_workers{controller="widget"}': 1,
    'controller_hung_passes{controller="widget"}': 0,
  };
  for (const [series, value] of Object.entries(expected)) assert.equal(valueOf(text, series), value, series);
  await clock.advance(100_000);
  assert.equal(valueOf((await page()).text, 'controller_hung_passes{controller="widget"}'), 1);
});

test("requests, leadership and events are counted", async () => {
  const { instruments, page } = createMetrics(new ManualClock());
  instruments.kubernetesRequest({ method: "GET", host: "10.0.0.1:443", status: 200, durationMs: 12 });
  instruments.kubernetesRequest({ method: "PATCH", host: "10.0.0.1:443", durationMs: 10_000 });
  instruments.leader("operator")(true);
  const events = instruments.events();
  events.written();
  events.dropped("spam");
  const { text } = await page();
  const expected: Readonly<Record<string, number>> = {
    'rest_client_requests_total{code="200",method="GET",host="10.0.0.1:443"}': 1,
    'rest_client_requests_total{code="<error>",method="PATCH",host="10.0.0.1:443"}': 1,
    'rest_client_request_duration_seconds_sum{verb="GET",host="10.0.0.1:443"}': 0.012,
    'leader_election_master_status{name="operator"}': 1,
    'event_recorder_events_total{result="written"}': 1,
    'event_recorder_events_total{result="spam"}': 1,
  };
  for (const [series, value] of Object.entries(expected)) assert.equal(valueOf(text, series), value, series);
  instruments.leader("operator")(false);
  assert.equal(valueOf((await page()).text, 'leader_election_master_status{name="operator"}'), 0);
});

test("the process tells of itself, and a gauge is read when the page is drawn", async () => {
  const { instruments, page } = createMetrics(new ManualClock());
  let objects = 1;
  instruments.gauge("store_objects", "Objects in the stores.", () => objects);
  objects = 42;
  const { text } = await page();
  assert.equal(valueOf(text, "store_objects"), 42);
  assert.equal(valueOf(text, "process_start_time_seconds"), Date.UTC(2026, 0, 1) / 1_000);
  assert.ok((valueOf(text, "process_resident_memory_bytes") ?? 0) > 10_000_000);
  assert.ok((valueOf(text, "process_cpu_seconds_total") ?? 0) > 0);
  assert.ok((valueOf(text, "nodejs_heap_size_used_bytes") ?? 0) > 1_000_000);
});

test("two processes in one program do not share figures", async () => {
  const first = createMetrics(new ManualClock());
  const second = createMetrics(new ManualClock());
  first.instruments.events().written();
  assert.equal(valueOf((await second.page()).text, 'event_recorder_events_total{result="written"}'), undefined);
});
