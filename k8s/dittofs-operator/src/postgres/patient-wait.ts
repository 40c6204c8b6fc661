import type { Clock } from "../runtime/clock.ts";

export type WaitInputs = {
  /** One try: undefined when the database answered, else why it did not. */
  readonly tryOnce: () => Promise<string | undefined>;
  /** What an earlier run of this container told. */
  readonly toldBefore: string | undefined;
  readonly clock: Clock;
};

export type WaitEnd =
  | { readonly kind: "answered" }
  /** Something else is wrong than was told before. */
  | { readonly kind: "news"; readonly problem: string };

const pauseMs = 1_000;
/** What passes by itself is no news: a database that has just been made is known after some seconds. */
const patienceMs = 10_000;

/**
 * Tries until the database answers. A container's words reach its pod's status only when it ends, and the kubelet waits
 * longer each time before it starts one again: so it ends only to tell something new, and otherwise goes on trying.
 */
export async function patientWait({ tryOnce, toldBefore, clock }: WaitInputs): Promise<WaitEnd> {
  let problem: string | undefined;
  let sinceMs = clock.monotonicMs();
  for (;;) {
    const found = await tryOnce();
    if (found === undefined) return { kind: "answered" };
    if (found !== problem) sinceMs = clock.monotonicMs();
    problem = found;
    if (problem !== toldBefore && clock.monotonicMs() - sinceMs >= patienceMs) return { kind: "news", problem };
    await new Promise<void>((resolve) => void clock.after(pauseMs, resolve));
  }
}
