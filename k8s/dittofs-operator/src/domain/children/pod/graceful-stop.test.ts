import assert from "node:assert/strict";
import { test } from "node:test";
import { aServer, defaultSpec } from "../../testing/a-server.ts";
import { terminationGracePeriodSeconds } from "./graceful-stop.ts";

const rows = [
  { shutdownTimeout: "30s", seconds: 105, because: "5 to drain, three stages of 30, 10 in reserve" },
  { shutdownTimeout: "1s", seconds: 18, because: "5 to drain, three stages of 1, 10 in reserve" },
  { shutdownTimeout: "1500ms", seconds: 20, because: "4.5 s of stages are five whole seconds" },
  { shutdownTimeout: "1m", seconds: 195, because: "a minute is 60 seconds" },
];

for (const { shutdownTimeout, seconds, because } of rows) {
  test(`a shutdown timeout of ${shutdownTimeout} gives the pod ${seconds} s: ${because}`, () => {
    const server = aServer({ config: { ...defaultSpec.config, shutdownTimeout } });
    assert.equal(terminationGracePeriodSeconds(server), seconds);
  });
}

test("the spec's own grace period wins", () => {
  assert.equal(terminationGracePeriodSeconds(aServer({ terminationGracePeriodSeconds: 300 })), 300);
});
