/** What the parts of the runtime count and measure; `metrics.ts` turns it into a page for Prometheus. */
export interface Instruments {
  /** `load` is asked whenever the page is drawn. */
  queue(name: string, load: () => QueueLoad): QueueInstruments;
  controller(name: string, workers: number): ControllerInstruments;
  events(): EventInstruments;
  /** 1 for the leader, 0 for the others. */
  leader(name: string): (isLeader: boolean) => void;
  /** One finished request to the Kubernetes API; `status` is absent when no answer came. */
  kubernetesRequest(request: KubernetesRequest): void;
  /** A figure that is read whenever the page is drawn. */
  gauge(name: string, help: string, read: () => number): void;
}

export type QueueLoad = {
  /** Keys that wait for a worker. */
  readonly depth: number;
  /** For how long each key in work has been worked on. */
  readonly runningMs: readonly number[];
};

export interface QueueInstruments {
  added(): void;
  retried(): void;
  /** A worker took a key, which had waited that long. */
  started(waitedMs: number): void;
  /** A worker is done with a key. */
  finished(workedMs: number): void;
}

export type PassResult = "success" | "requeue_after" | "requeue" | "error" | "terminal_error";

export interface ControllerInstruments {
  passStarted(): void;
  passFinished(result: PassResult, durationMs: number): void;
  /** A pass ignored its signal and was left to itself, or came back after that. */
  passHung(change: 1 | -1): void;
}

export interface EventInstruments {
  written(): void;
  dropped(reason: "spam" | "queueFull" | "failed"): void;
}

export type KubernetesRequest = {
  readonly method: string;
  readonly host: string;
  readonly status?: number;
  readonly durationMs: number;
};

function ignore(): void {}

/** Counts nothing. */
export const silentInstruments: Instruments = {
  queue: () => ({ added: ignore, retried: ignore, started: ignore, finished: ignore }),
  controller: () => ({ passStarted: ignore, passFinished: ignore, passHung: ignore }),
  events: () => ({ written: ignore, dropped: ignore }),
  leader: () => ignore,
  kubernetesRequest: ignore,
  gauge: ignore,
};
