import assert from "node:assert/strict";
import { test } from "node:test";
import { doubleFor } from "../fresh-double.ts";

const mappings = "/api/v1/identity-mappings";

test("a principal of a provider is mapped once, to a user that need not exist", async (t) => {
  const fresh = await doubleFor(t);
  assert.equal(
    (await fresh.call("POST", mappings, { principal: "a@B", username: "admin" })).object.provider_name,
    "kerberos",
  );
  assert.equal(
    (await fresh.call("POST", mappings, { provider_name: "kerberos", principal: "a@B", username: "x" })).status,
    409,
  );
  assert.equal(
    (await fresh.call("POST", mappings, { provider_name: "oidc", principal: "x/y", username: "none" })).status,
    201,
  );
  assert.equal((await fresh.call("POST", mappings, { username: "x" })).status, 400);
  assert.equal((await fresh.call("POST", mappings, { principal: "x" })).status, 400);
  assert.equal((await fresh.call("GET", mappings)).list.length, 2);
  assert.equal((await fresh.call("GET", `${mappings}?provider=oidc`)).list.length, 1);
  assert.equal((await fresh.call("GET", `${mappings}/users/admin`)).list.length, 1);
});

test("a mapping is removed once, also through the older path of the adapter", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.call("POST", mappings, { provider_name: "oidc", principal: "x/y", username: "u" });
  assert.equal((await fresh.call("DELETE", `${mappings}/by-provider/oidc/x%2Fy`)).status, 204);
  assert.equal((await fresh.call("DELETE", `${mappings}/by-provider/oidc/x%2Fy`)).status, 404);
  const older = "/api/v1/adapters/nfs/identity-mappings";
  await fresh.call("POST", older, { principal: "a@B", username: "u" });
  assert.equal((await fresh.call("GET", older)).list.length, 1);
  assert.equal((await fresh.call("DELETE", `${older}/a@B`)).status, 204);
});
