import { memoryUsage, resourceUsage } from "node:process";
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Clock } from "./clock.ts";
import type {
  ControllerInstruments,
  Instruments,
  KubernetesRequest,
  QueueInstruments,
  QueueLoad,
} from "./instruments.ts";

/** client-go's buckets for its work queue: ten times longer from one to the next, from 10 ns on. */
const QUEUE_BUCKETS = Array.from({ length: 12 }, (_, exponent) => 1e-8 * 10 ** exponent);
/** From what a cached pass takes to one that runs into its time limit. */
const PASS_BUCKETS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];
const REQUEST_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export type Metrics = {
  readonly instruments: Instruments;
  /** The page for Prometheus, and its media type. */
  page(): Promise<{ readonly text: string; readonly contentType: string }>;
};

/**
 * Keeps all figures of one process. Names and labels are those of client-go and controller-runtime, so that dashboards made
 * for other operators work.
 */
export function createMetrics(clock: Clock): Metrics {
  const registry = new Registry();
  const gauge: Instruments["gauge"] = (name, help, read) => readGauge(registry, { name, help, read });
  registerProcess({ registry, gauge, clock });
  return {
    instruments: {
      gauge,
      queue: queueFamily(registry),
      controller: controllerFamily(registry),
      events: eventFamily(registry),
      leader: leaderFamily(registry),
      kubernetesRequest: requestFamily(registry),
    },
    page: async () => ({ text: await registry.metrics(), contentType: registry.contentType }),
  };
}

function readGauge(
  registry: Registry,
  { name, help, read }: { readonly name: string; readonly help: string; readonly read: () => number },
): void {
  const collected: Gauge = new Gauge({
    name,
    help,
    registers: [registry],
    collect: () => collected.set(read()),
  });
}

function registerProcess({
  registry,
  gauge,
  clock,
}: {
  readonly registry: Registry;
  readonly gauge: Instruments["gauge"];
  readonly clock: Clock;
}): void {
  const startedSeconds = clock.wallMs() / 1_000;
  gauge("process_start_time_seconds", "Start time since the epoch.", () => startedSeconds);
  gauge("process_resident_memory_bytes", "Resident memory.", () => memoryUsage.rss());
  const cpu: Counter = new Counter({
    name: "process_cpu_seconds_total",
    help: "User and system CPU time.",
    registers: [registry],
    collect: () => {
      const { userCPUTime, systemCPUTime } = resourceUsage();
      cpu.reset();
      cpu.inc((userCPUTime + systemCPUTime) / 1e6);
    },
  });
  gauge("nodejs_heap_size_used_bytes", "Memory in use by JavaScript objects.", () => memoryUsage().heapUsed);
}

function queueFamily(registry: Registry): Instruments["queue"] {
  const loads = new Map<string, () => QueueLoad>();
  const base = { labelNames: ["name", "controller"] as const, registers: [registry] };
  const loadGauge = (name: string, help: string, read: (load: QueueLoad) => number): void => {
    const collected: Gauge<"name" | "controller"> = new Gauge({
      ...base,
      name,
      help,
      collect: () => loads.forEach((load, queue) => collected.set(labels(queue), read(load()))),
    });
  };
  loadGauge("workqueue_depth", "Keys that wait for a worker.", ({ depth }) => depth);
  loadGauge("workqueue_unfinished_work_seconds", "Sum of the times of all passes that run.", ({ runningMs }) =>
    runningMs.reduce((sum, ms) => sum + ms / 1_000, 0),
  );
  loadGauge(
    "workqueue_longest_running_processor_seconds",
    "Time of the pass that runs the longest.",
    ({ runningMs }) => Math.max(0, ...runningMs) / 1_000,
  );
  const adds = new Counter({ ...base, name: "workqueue_adds_total", help: "Keys added." });
  const retries = new Counter({ ...base, name: "workqueue_retries_total", help: "Keys added after a failure." });
  const waited = new Histogram({
    ...base,
    name: "workqueue_queue_duration_seconds",
    help: "How long a key waits for its worker.",
    buckets: QUEUE_BUCKETS,
  });
  const worked = new Histogram({
    ...base,
    name: "workqueue_work_duration_seconds",
    help: "How long a pass takes.",
    buckets: QUEUE_BUCKETS,
  });
  return (name, load): QueueInstruments => {
    loads.set(name, load);
    adds.inc(labels(name), 0);
    retries.inc(labels(name), 0);
    return {
      added: () => adds.inc(labels(name)),
      retried: () => retries.inc(labels(name)),
      started: (waitedMs) => waited.observe(labels(name), waitedMs / 1_000),
      finished: (workedMs) => worked.observe(labels(name), workedMs / 1_000),
    };
  };
}

function labels(queue: string): { readonly name: string; readonly controller: string } {
  return { name: queue, controller: queue };
}

function controllerFamily(registry: Registry): Instruments["controller"] {
  const base = { labelNames: ["controller"] as const, registers: [registry] };
  const total = new Counter({
    name: "controller_runtime_reconcile_total",
    help: "Passes by result.",
    labelNames: ["controller", "result"] as const,
    registers: [registry],
  });
  const errors = new Counter({ ...base, name: "controller_runtime_reconcile_errors_total", help: "Failed passes." });
  const terminal = new Counter({
    ...base,
    name: "controller_runtime_terminal_reconcile_errors_total",
    help: "Failed passes that are not tried again without a change.",
  });
  const seconds = new Histogram({
    ...base,
    name: "controller_runtime_reconcile_time_seconds",
    help: "How long a pass takes.",
    buckets: PASS_BUCKETS,
  });
  const most = new Gauge({
    ...base,
    name: "controller_runtime_max_concurrent_reconciles",
    help: "Passes that may run at the same time.",
  });
  const active = new Gauge({ ...base, name: "controller_runtime_active_workers", help: "Passes that run." });
  const hung = new Gauge({ ...base, name: "controller_hung_passes", help: "Passes that ignore their time limit." });
  return (controller, workers): ControllerInstruments => {
    most.set({ controller }, workers);
    active.set({ controller }, 0);
    hung.set({ controller }, 0);
    errors.inc({ controller }, 0);
    return {
      passStarted: () => active.inc({ controller }),
      passFinished: (result, durationMs) => {
        active.dec({ controller });
        // Upstream has no result of its own for a terminal error.
        total.inc({ controller, result: result === "terminal_error" ? "error" : result });
        if (result === "error" || result === "terminal_error") errors.inc({ controller });
        if (result === "terminal_error") terminal.inc({ controller });
        seconds.observe({ controller }, durationMs / 1_000);
      },
      passHung: (change) => hung.inc({ controller }, change),
    };
  };
}

function eventFamily(registry: Registry): Instruments["events"] {
  const events = new Counter({
    name: "event_recorder_events_total",
    help: "Events by what became of them.",
    labelNames: ["result"] as const,
    registers: [registry],
  });
  return () => ({
    written: () => events.inc({ result: "written" }),
    dropped: (reason) => events.inc({ result: reason }),
  });
}

function leaderFamily(registry: Registry): Instruments["leader"] {
  const status = new Gauge({
    name: "leader_election_master_status",
    help: "1 for the leader, 0 for the others.",
    labelNames: ["name"] as const,
    registers: [registry],
  });
  return (name) => (isLeader) => status.set({ name }, isLeader ? 1 : 0);
}

function requestFamily(registry: Registry): Instruments["kubernetesRequest"] {
  const requests = new Counter({
    name: "rest_client_requests_total",
    help: "Requests to the Kubernetes API by status code, method and host.",
    labelNames: ["code", "method", "host"] as const,
    registers: [registry],
  });
  const seconds = new Histogram({
    name: "rest_client_request_duration_seconds",
    help: "How long a request to the Kubernetes API takes.",
    labelNames: ["verb", "host"] as const,
    buckets: REQUEST_BUCKETS,
    registers: [registry],
  });
  return ({ method, host, status, durationMs }: KubernetesRequest) => {
    requests.inc({ code: status === undefined ? "<error>" : String(status), method, host });
    seconds.observe({ verb: method, host }, durationMs / 1_000);
  };
}
