import assert from "node:assert/strict";
import { test } from "node:test";
import * as z from "zod/mini";
import { answer } from "./answer.ts";
import type { ExchangeResult } from "./exchange.ts";

const asked = { request: "GET /x", secrets: ["s3cret"], wallMs: 0 };
const schema = z.object({ size: z.number() });
const json = "application/json";
const problem = "application/problem+json";

const answered = (status: number, contentType: string, body: string, retryAfter?: string): ExchangeResult => ({
  kind: "answered",
  status,
  contentType,
  retryAfter,
  needsRestart: false,
  body,
});

const rows: readonly {
  readonly name: string;
  readonly result: ExchangeResult;
  readonly meaning: Readonly<Record<string, unknown>>;
}[] = [
  {
    name: "an answer of the right form is its value, without what is not asked for",
    result: answered(200, json, '{"size":1,"added later":true}'),
    meaning: { code: "ok", value: { size: 1 } },
  },
  {
    name: "an answer of another form says where",
    result: answered(200, json, '{"size":"large"}'),
    meaning: {
      code: "unavailable",
      because: "unreadable",
      detail: "the answer has another form than this API's (at size)",
    },
  },
  {
    name: "a page instead of JSON is unusable, also with status 200",
    result: answered(200, "text/html", "<html>Sign in</html>"),
    meaning: { code: "unavailable", because: "unreadable", detail: "the answer is no JSON" },
  },
  {
    name: "an empty body where something was asked for is unusable",
    result: answered(204, "", ""),
    meaning: {
      code: "unavailable",
      because: "unreadable",
      detail: "the answer has another form than this API's",
    },
  },
  {
    name: "a problem body gives its detail",
    result: answered(409, problem, '{"type":"about:blank","title":"Conflict","status":409,"detail":"Share exists"}'),
    meaning: { code: "conflict", status: 409, detail: "Share exists" },
  },
  {
    name: "a problem body with errors by field names the fields",
    result: answered(
      422,
      problem,
      '{"title":"Validation Failed","detail":"Out of range","errors":{"lease_time":"must be 10"}}',
    ),
    meaning: { code: "badRequest", status: 422, detail: "Out of range; lease_time must be 10" },
  },
  {
    name: "a problem body without detail gives its title",
    result: answered(404, problem, '{"title":"Not Found"}'),
    meaning: { code: "notFound", status: 404, detail: "Not Found" },
  },
  {
    name: "the status decides, not what the body claims",
    result: answered(403, problem, '{"status":200,"title":"OK","code":"not_found"}'),
    meaning: { code: "forbidden", status: 403, detail: "OK" },
  },
  {
    name: "authentication answers in plain text",
    result: answered(401, "text/plain; charset=utf-8", "Invalid or expired token\n"),
    meaning: { code: "unauthorized", status: 401, detail: "Invalid or expired token" },
  },
  {
    name: "bad input is a bad request whatever its number",
    result: answered(422, problem, '{"detail":"no"}'),
    meaning: { code: "badRequest", status: 422, detail: "no" },
  },
  {
    name: "a refusal with an empty body has no detail",
    result: answered(400, "", ""),
    meaning: { code: "badRequest", status: 400, detail: "" },
  },
  {
    name: "a refusal with an array for a problem has no detail",
    result: answered(400, problem, "[1]"),
    meaning: { code: "badRequest", status: 400, detail: "" },
  },
  {
    name: "what an error page says is not shown",
    result: answered(503, "text/html", "<html>nginx</html>"),
    meaning: { code: "unavailable", because: "serverError", detail: "503" },
  },
  {
    name: "the server's own error is shown",
    result: answered(500, problem, '{"detail":"disk full"}'),
    meaning: { code: "unavailable", because: "serverError", detail: "500 disk full" },
  },
  {
    name: "a busy server says for how long",
    result: answered(429, "text/plain", "slow down", "7"),
    meaning: { code: "unavailable", because: "busy", detail: "slow down", retryAfterMs: 7000 },
  },
  {
    name: "a redirect is none of this API's answers",
    result: answered(302, "text/html", ""),
    meaning: { code: "unavailable", because: "unreadable", detail: "status 302, which this API does not use" },
  },
  {
    name: "an answer that was too long is unusable",
    result: { kind: "tooLong" },
    meaning: {
      code: "unavailable",
      because: "unreadable",
      detail: "the answer is longer than this API's answers are",
    },
  },
  {
    name: "no answer is unavailable, with the reason",
    result: { kind: "noAnswer", message: "the connection was refused" },
    meaning: { code: "unavailable", because: "noAnswer", detail: "the connection was refused" },
  },
  {
    name: "a secret that the server echoes is blanked",
    result: answered(400, problem, '{"detail":"bad password s3cret for admin"}'),
    meaning: { code: "badRequest", status: 400, detail: "bad password ******** for admin" },
  },
];

for (const { name, result, meaning } of rows) {
  test(name, () => {
    const given = answer(asked, result, schema);
    assert.deepEqual(given, given.code === "ok" ? meaning : { request: "GET /x", ...meaning });
  });
}

test("a body of a megabyte of brackets neither throws nor is shown", () => {
  const given = answer(asked, answered(200, json, "[".repeat(2 ** 20)), schema);
  assert.equal(given.code, "unavailable");
  const nested = `${"[".repeat(2 ** 19)}${"]".repeat(2 ** 19)}`;
  const other = answer(asked, answered(200, json, nested), schema);
  assert.ok(JSON.stringify([given, other]).length < 500);
});
