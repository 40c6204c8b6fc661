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

const dead = (...shares: readonly string[]) =>
  degraded(
    aPass(aServingWorld({ dittofs: anAnswer({ deadStores: [{ name: "offsite", message: "no route", shares }] }) })),
  );

test("a remote store that does not answer is named with the shares on it, and what becomes of them", () => {
  const { status, reason, message } = dead("/a", "/b");
  assert.deepEqual([status, reason], ["True", "RemoteStoreUnavailable"]);
  assert.match(
    message,
    /^Remote store offsite does not answer \(no route\)\. On it: \/a, \/b\. They serve what their local store holds/,
  );
  assert.match(dead().message, /No share is on it\.$/);
});

test("of many shares the first ten are named", () => {
  assert.match(dead(...Array.from({ length: 12 }, (_, at) => `/s${at}`)).message, /\/s9 and 2 more\./);
});
