import assert from "node:assert/strict";
import { test } from "node:test";
import { doubleFor } from "../fresh-double.ts";

const users = "/api/v1/users";

test("a body is read as the server reads one", async (t) => {
  const fresh = await doubleFor(t);
  const rows: readonly (readonly [body: string, status: number, because: string])[] = [
    ["", 400, "nothing"],
    ["x", 400, "no JSON"],
    ["[]", 400, "a list"],
    ['"x"', 400, "a text"],
    ["null", 400, "null is an object without fields, and the name is missing"],
    ['{"username":"a1","password":"some-password","colour":"red"}', 201, "unknown fields are lost"],
    ['{"USERNAME":"a2","Password":"some-password"}', 201, "the case of names does not matter"],
    ['{"username":"a3","password":"some-password","uid":null}', 201, "null is absent"],
    ['{"username":"a4","password":"some-password","uid":"7"}', 400, "a text for a number"],
    ['{"username":"a4","password":"some-password","uid":1.5}', 400, "a fraction for a whole number"],
    ['{"username":"a4","password":"some-password","uid":-1}', 400, "below zero"],
    ['{"username":"a4","password":"some-password","uid":4294967296}', 400, "more than 32 bits"],
    ['{"username":"a4","password":"some-password","groups":"users"}', 400, "a text for a list"],
    ['{"username":4,"password":"some-password"}', 400, "a number for a text"],
  ];
  for (const [body, status, because] of rows)
    assert.equal((await fresh.call("POST", users, body)).status, status, `${body}: ${because}`);
});

test("a body above 1 MiB is refused, but only by who reads it", async (t) => {
  const fresh = await doubleFor(t);
  const big = JSON.stringify({ username: "x".repeat(2 ** 20) });
  const refused = await fresh.call("POST", users, big);
  assert.equal(refused.status, 413);
  assert.equal(refused.object.title, "Request Entity Too Large");
  assert.equal((await fresh.call("POST", users, big, "no-token")).status, 401);
});
