import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { apiFailure, apiFailureOfEvent } from "./api-failure.ts";

/** As kube-apiserver 1.36 answered them. */
const rows: readonly {
  readonly status: number;
  readonly body: object | string;
  readonly code: string;
  readonly because: string;
}[] = [
  {
    status: 404,
    body: { reason: "NotFound", details: { name: "a", kind: "configmaps" } },
    code: "notFound",
    because: "there is none",
  },
  { status: 409, body: { reason: "AlreadyExists" }, code: "alreadyExists", because: "a create found the name taken" },
  { status: 409, body: { reason: "Conflict" }, code: "conflict", because: "somebody was quicker" },
  { status: 422, body: { reason: "Invalid", details: {} }, code: "invalid", because: "a test of a JSON patch failed" },
  {
    status: 403,
    body: { reason: "Forbidden", details: { kind: "configmaps" } },
    code: "forbidden",
    because: "a permission is missing",
  },
  {
    status: 403,
    body: {
      reason: "Forbidden",
      details: { causes: [{ reason: "NamespaceTerminating", field: "metadata.namespace" }] },
    },
    code: "namespaceTerminating",
    because: "nothing can be made there any more",
  },
  { status: 400, body: { reason: "BadRequest" }, code: "badRequest", because: "a field is unknown" },
  { status: 413, body: "too large", code: "badRequest", because: "it will not get smaller" },
  { status: 401, body: { reason: "Unauthorized" }, code: "unauthorized", because: "the token is no good" },
  { status: 410, body: { reason: "Expired" }, code: "expired", because: "the version is too old" },
  {
    status: 429,
    body: { reason: "TooManyRequests" },
    code: "tooManyRequests",
    because: "priority and fairness said so",
  },
  { status: 504, body: { reason: "Timeout" }, code: "timeout", because: "etcd did not answer in time" },
  { status: 408, body: "", code: "timeout", because: "the server gave up" },
  { status: 500, body: { reason: "InternalError" }, code: "serverError", because: "the server failed" },
  { status: 502, body: "<html>Bad Gateway</html>", code: "serverError", because: "a proxy failed" },
  { status: 302, body: "", code: "serverError", because: "this is no API server" },
];

describe("what an answer other than success means", () => {
  for (const { status, body, code, because } of rows) {
    test(`${status} ${JSON.stringify(body)} is ${code}: ${because}`, () => {
      const failure = apiFailure(status, typeof body === "string" ? body : JSON.stringify(body));
      assert.equal(failure.code, code);
      assert.equal(failure.status, status);
    });
  }

  test("a proxy's page is not passed on to people", () => {
    assert.equal(apiFailure(502, "<html>x</html>").message, "HTTP 502 without a word from the Kubernetes API");
  });

  test("words and causes are bounded", () => {
    const causes = Array.from({ length: 100 }, (_, index) => ({ field: `f${index}`, message: "y".repeat(5_000) }));
    const failure = apiFailure(422, JSON.stringify({ message: "x".repeat(5_000), details: { causes } }));
    assert.equal(failure.message.length, 1_000);
    assert.equal(failure.causes.length, 20);
    assert.ok(failure.causes.every(({ message }) => message.length <= 1_000));
  });

  test("a write answered with 5xx may have happened, one answered with 4xx has not", () => {
    assert.equal(apiFailure(504, "").mayHaveHappened, true);
    assert.equal(apiFailure(409, "").mayHaveHappened, false);
  });

  const waits: readonly {
    readonly header: string | undefined;
    readonly told?: number;
    readonly ms: number | undefined;
  }[] = [
    { header: "1", ms: 1_000 },
    { header: "0", ms: 0 },
    { header: "100000", ms: 300_000 },
    { header: "-1", ms: undefined },
    { header: "Wed, 21 Oct 2026 07:28:00 GMT", ms: undefined },
    { header: undefined, ms: undefined },
    { header: undefined, told: 2, ms: 2_000 },
  ];
  for (const { header, told, ms } of waits) {
    test(`Retry-After ${header} with retryAfterSeconds ${told} is ${ms} ms`, () => {
      const body = told === undefined ? "" : JSON.stringify({ details: { retryAfterSeconds: told } });
      assert.equal(apiFailure(429, body, header).retryAfterMs, ms);
    });
  }

  test("an ERROR event carries its own code, and without one is a failure of the server", () => {
    assert.equal(apiFailureOfEvent({ code: 410, reason: "Expired" }).code, "expired");
    assert.equal(apiFailureOfEvent("nonsense").code, "serverError");
  });
});
