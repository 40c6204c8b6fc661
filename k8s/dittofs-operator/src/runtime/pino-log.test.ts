import assert from "node:assert/strict";
import { test } from "node:test";
import { logLine } from "./log-line.ts";
import { ManualClock } from "./manual-clock.ts";
import { createPinoLog, type LevelSwitch } from "./pino-log.ts";

function aLog(format: "json" | "text", levelSwitch: LevelSwitch = { level: "debug" }) {
  const lines: string[] = [];
  const log = createPinoLog({
    clock: new ManualClock(),
    levelSwitch,
    format,
    destination: { write: (line) => void lines.push(line) },
  });
  return { lines, log };
}

test("a line is one JSON object with ts, level and msg, and the fields of its logger and its own", () => {
  const { lines, log } = aLog("json");
  log.child({ controller: "dittoserver" }).child({ namespace: "default" }).warn("pass failed", { durationMs: 12 });
  assert.equal(lines.length, 1);
  assert.deepEqual(JSON.parse(lines[0] ?? ""), {
    level: "warn",
    ts: "2026-01-01T00:00:00.000Z",
    controller: "dittoserver",
    namespace: "default",
    durationMs: 12,
    msg: "pass failed",
  });
});

test("secrets never reach the log, neither by a logger's fields nor by a line's nor by its message", () => {
  const { lines, log } = aLog("json");
  log.child({ token: "hunter2" }).error("sent Bearer hunter2hunter2", {
    object: { kind: "Secret", data: { password: "hunter2" } },
    err: new Error("postgres://ditto:hunter2@db failed"),
  });
  assert.ok(!lines.join("").includes("hunter2"), lines.join(""));
});

test("the level changes while the program runs, also for loggers made before", () => {
  const levelSwitch: LevelSwitch = { level: "info" };
  const { lines, log } = aLog("json", levelSwitch);
  const child = log.child({ controller: "dittoserver" });
  child.debug("dropped");
  levelSwitch.level = "debug";
  child.debug("kept");
  levelSwitch.level = "error";
  log.warn("dropped");
  log.error("kept");
  assert.deepEqual(
    lines.map((line) => /"msg":"(\w+)"/.exec(line)?.[1]),
    ["kept", "kept"],
  );
});

test("whatever was thrown looks like an error under err", () => {
  const { lines, log } = aLog("json");
  log.error("failed", { err: undefined });
  log.error("failed", { err: "a text" });
  assert.match(lines[0] ?? "", /"err":\{"message":"undefined"\}/);
  assert.match(lines[1] ?? "", /"err":\{"message":"a text"\}/);
});

test("a line for a terminal has time, level, message and words", () => {
  const { lines, log } = aLog("text");
  log.info("listening", { address: "127.0.0.1:8080", missing: ["dittoservers"], note: "two words" });
  assert.deepEqual(lines, [
    '00:00:00.000 INFO  listening address=127.0.0.1:8080 missing=["dittoservers"] note="two words"\n',
  ]);
});

test("an error's stack is printed below its line", () => {
  const { lines, log } = aLog("text");
  log.error("pass failed", { err: new TypeError("not a function") });
  assert.match(lines[0] ?? "", /^00:00:00\.000 ERROR pass failed\n {4}TypeError: not a function\n {8}at /);
});

test("nothing from outside steers the terminal", () => {
  const json = JSON.stringify({
    ts: "2026-01-01T00:00:00.000Z",
    level: "warn",
    msg: "m",
    name: "\u001b[2J\nfake line",
  });
  assert.equal(logLine(json), '00:00:00.000 WARN  m name="\\u001b[2J\\nfake line"\n');
});
