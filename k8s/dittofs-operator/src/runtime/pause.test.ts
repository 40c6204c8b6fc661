import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { describe, test } from "node:test";
import { ManualClock } from "./manual-clock.ts";
import { pause } from "./pause.ts";

describe("a pause", () => {
  test("ends when its time is over and leaves nothing behind", async () => {
    const clock = new ManualClock();
    const { signal } = new AbortController();
    let isOver = false;
    void pause(clock, 100, signal).then(() => (isOver = true));
    await clock.advance(99);
    assert.equal(isOver, false);
    await clock.advance(1);
    assert.equal(isOver, true);
    assert.equal(getEventListeners(signal, "abort").length, 0);
  });

  test("ends at once when it is aborted, and its timer with it", async () => {
    const clock = new ManualClock();
    const stopping = new AbortController();
    const paused = pause(clock, 100, stopping.signal);
    stopping.abort();
    await paused;
    assert.equal(clock.timerCount, 0);
  });

  test("does not begin when it is aborted already", async () => {
    const clock = new ManualClock();
    await pause(clock, 100, AbortSignal.abort());
    assert.equal(clock.timerCount, 0);
  });
});
