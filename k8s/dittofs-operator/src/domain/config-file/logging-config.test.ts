import assert from "node:assert/strict";
import { test } from "node:test";
import { aServer, defaultSpec } from "../testing/a-server.ts";
import { loggingConfig } from "./logging-config.ts";

const config = (logging: object) => loggingConfig(aServer({ logging: { ...defaultSpec.logging, ...logging } }));

test("the log goes to the container's output, also where an older manifest leaves the place empty", () => {
  assert.deepEqual(config({}), { level: "INFO", format: "json", output: "stdout" });
  assert.equal(config({ output: "" }).output, "stdout");
});

test("a log file keeps a bounded number of old ones, unless the spec says how many", () => {
  assert.deepEqual(config({ output: "/logs/dfs.log" }).rotation, { max_backups: 5 });
  const rotation = { maxSizeMB: 10, maxBackups: 0, maxAgeDays: 7, compress: true };
  assert.deepEqual(config({ output: "/logs/dfs.log", rotation }).rotation, {
    max_size: 10,
    max_backups: 0,
    max_age: 7,
    compress: true,
  });
});
