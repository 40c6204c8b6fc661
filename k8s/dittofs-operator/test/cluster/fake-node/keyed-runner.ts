/**
 * Runs a task for keys: different keys at the same time, one key never twice at once. A key that is asked for while its task runs is run
 * once more afterwards. The answer asks for a key; `idle` waits until nothing runs.
 */
export function keyedRunner(task: (key: string) => Promise<void>): {
  readonly ask: (key: string) => void;
  readonly idle: () => Promise<void>;
} {
  const again = new Set<string>();
  const running = new Map<string, Promise<void>>();
  const run = async (key: string): Promise<void> => {
    do {
      again.delete(key);
      await task(key);
    } while (again.has(key));
    running.delete(key);
  };
  return {
    ask: (key) => {
      if (running.has(key)) again.add(key);
      else running.set(key, run(key));
    },
    idle: async () => {
      while (running.size > 0) await Promise.all(running.values());
    },
  };
}
