import assert from "node:assert/strict";
import { test } from "node:test";
import { aServer } from "../testing/a-server.ts";
import { anAnswer, aPass, aServingWorld } from "../testing/a-world.ts";
import { degraded } from "./degraded.ts";

const verdictWith = (enabled: boolean) => {
  const server = aServer({ shares: [{ name: "/export", enabled }] });
  const dittofs = anAnswer({ shares: [{ name: "/export", isServing: false, message: "it is disabled." }] });
  return degraded(aPass(aServingWorld({ server, dittofs })));
};

test("a share that the spec disables is nothing wrong", () => {
  assert.equal(verdictWith(false).status, "False");
});

test("a share that somebody else disabled is something wrong", () => {
  assert.deepEqual(verdictWith(true), {
    status: "True",
    reason: "ShareFailed",
    message: "Share /export does not serve: it is disabled.",
  });
});
