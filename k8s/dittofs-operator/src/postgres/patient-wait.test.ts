import assert from "node:assert/strict";
import { test } from "node:test";
import { ManualClock } from "../runtime/manual-clock.ts";
import { patientWait, type WaitEnd } from "./patient-wait.ts";

/** What is found in the given second, and from then on. */
type Course = readonly (readonly [second: number, problem: string | undefined])[];

async function waited(course: Course, toldBefore?: string): Promise<{ end: WaitEnd | undefined; seconds: number }> {
  const clock = new ManualClock();
  const now = (): number => Math.floor(clock.monotonicMs() / 1000);
  const state: { end?: WaitEnd } = {};
  const tryOnce = async () => await Promise.resolve(course.findLast(([second]) => second <= now())?.[1]);
  void patientWait({ tryOnce, toldBefore, clock }).then((end) => {
    state.end = end;
  });
  while (state.end === undefined && now() < 3600) await clock.advance(1000);
  return { end: state.end, seconds: now() };
}

const rows: readonly {
  readonly name: string;
  readonly course: Course;
  readonly toldBefore?: string;
  readonly end: WaitEnd | undefined;
  readonly seconds: number;
}[] = [
  { name: "an answer at once is all that is needed", course: [[0, undefined]], end: { kind: "answered" }, seconds: 1 },
  {
    name: "what passes within seconds is told to nobody",
    course: [
      [0, "name"],
      [5, undefined],
    ],
    end: { kind: "answered" },
    seconds: 5,
  },
  { name: "what stays is told", course: [[0, "name"]], end: { kind: "news", problem: "name" }, seconds: 10 },
  {
    name: "another problem has its own time",
    course: [
      [0, "name"],
      [8, "password"],
    ],
    end: { kind: "news", problem: "password" },
    seconds: 18,
  },
  {
    name: "what was told before is waited out, and the answer is seen within a second",
    course: [
      [0, "name"],
      [1800, undefined],
    ],
    toldBefore: "name",
    end: { kind: "answered" },
    seconds: 1800,
  },
  {
    name: "something else than what was told before is news",
    course: [
      [0, "name"],
      [30, "password"],
    ],
    toldBefore: "name",
    end: { kind: "news", problem: "password" },
    seconds: 40,
  },
];

for (const { name, course, toldBefore, end, seconds } of rows) {
  test(name, async () => assert.deepEqual(await waited(course, toldBefore), { end, seconds }));
}
