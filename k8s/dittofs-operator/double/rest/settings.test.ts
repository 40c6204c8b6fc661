import assert from "node:assert/strict";
import { test } from "node:test";
import { doubleFor } from "../fresh-double.ts";

const settings = "/api/v1/settings";

test("the machine's SID is made once and kept", async (t) => {
  const fresh = await doubleFor(t);
  const first = (await fresh.call("GET", `${settings}/machine_sid`)).object.value;
  assert.match(String(first), /^S-1-5-21-\d+-\d+-\d+$/);
  await fresh.restart();
  assert.equal((await fresh.call("GET", `${settings}/machine_sid`)).object.value, first);
  await fresh.restart({ env: { ...fresh.options.env, DITTOFS_IDENTITY_MACHINE_SID: "S-1-5-21-1-2-3" } });
  assert.equal((await fresh.call("GET", `${settings}/machine_sid`)).object.value, "S-1-5-21-1-2-3");
});

test("any key can be set; one that was not is empty, and deleting it succeeds", async (t) => {
  const fresh = await doubleFor(t);
  assert.deepEqual((await fresh.call("GET", `${settings}/free`)).body, { key: "free", value: "" });
  assert.deepEqual((await fresh.call("PUT", `${settings}/free`, { value: "a" })).body, { key: "free", value: "a" });
  assert.equal((await fresh.call("GET", `${settings}/free`)).object.value, "a");
  assert.deepEqual(
    (await fresh.call("GET", settings)).list.map(({ key }) => key),
    ["machine_sid", "free"],
  );
  for (const _ of ["there", "gone"]) assert.equal((await fresh.call("DELETE", `${settings}/free`)).status, 204);
});
