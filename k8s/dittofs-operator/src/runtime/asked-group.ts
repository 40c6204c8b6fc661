import type { KubernetesApi } from "./kubernetes-api.ts";
import type { Recovery } from "./recovery.ts";

export type AskedGroupOptions = {
  readonly api: Pick<KubernetesApi, "servesGroup">;
  readonly group: string;
  readonly recovery: Recovery;
  onAnswer(isServed: boolean): void;
};

export type AskedGroup = { hasAnswered(): boolean; stop(): Promise<void> };

/** Nobody tells an account without the right to watch definitions when a kind comes. */
const askEveryMs = 300_000;
const askAgainMs = 2_000;

/** Asks now and then whether the API server serves a group, which every account may; without an answer soon again. */
export function askForGroup(options: AskedGroupOptions): AskedGroup {
  const ending = new AbortController();
  let hasAnswered = false;
  const ended = ask();
  return {
    hasAnswered: () => hasAnswered,
    stop: async () => {
      ending.abort();
      await ended;
    },
  };

  async function ask(): Promise<void> {
    const { api, group, recovery } = options;
    const { signal } = ending;
    while (!signal.aborted) {
      const answer = await api.servesGroup(group, signal);
      if (signal.aborted) return;
      const isRefused = !answer.ok && answer.failure.code === "forbidden";
      if (answer.ok || isRefused) {
        options.onAnswer(answer.ok && answer.value);
        hasAnswered = true;
      }
      const durationMs = answer.ok || isRefused ? askEveryMs : askAgainMs;
      await recovery.pause({ durationMs, leastMs: askAgainMs }, signal);
    }
  }
}
