import assert from "node:assert/strict";
import { test } from "node:test";
import type { DittoFsFailure } from "../../outside.ts";
import { answerText, objectFailure } from "./failure-text.ts";

const share = { family: "share", name: "/export" } as const;
const refused = (
  code: "badRequest" | "forbidden" | "notFound" | "conflict",
  status: number,
  detail = "why",
): DittoFsFailure => ({
  code,
  request: "POST /api/v1/shares",
  status,
  detail,
});
const unavailable = (because: "noAnswer" | "serverError" | "unreadable" | "busy", detail: string): DittoFsFailure => ({
  code: "unavailable",
  request: "POST /api/v1/shares",
  because,
  detail,
});

test("every failure names the object, the answer and the next step", () => {
  const rows: readonly (readonly [DittoFsFailure, string])[] = [
    [refused("badRequest", 400), `the server answers 400 to POST /api/v1/shares ("why"). Correct the spec`],
    [refused("badRequest", 400, ""), "the server answers 400 to POST /api/v1/shares. Correct the spec"],
    [refused("forbidden", 403), "The account admin must have the role admin"],
    [refused("notFound", 404), "What it refers to is missing on the server"],
    [refused("conflict", 409), "Something of this name exists"],
    [
      unavailable("noAnswer", "no answer within 5 seconds"),
      "POST /api/v1/shares got no answer: no answer within 5 seconds.",
    ],
    [unavailable("serverError", "500 disk full."), "POST /api/v1/shares failed on the server: 500 disk full. It is"],
    [
      unavailable("unreadable", "the answer is no JSON"),
      "POST /api/v1/shares got an unusable answer: the answer is no JSON.",
    ],
    [unavailable("busy", ""), "POST /api/v1/shares is put off by the server, which is busy. It is"],
  ];
  for (const [failure, part] of rows) {
    const text = objectFailure(share, failure);
    assert.ok(text.startsWith("Share /export: "), text);
    assert.ok(text.includes(part), text);
    assert.match(text, /\.$/);
    assert.match(answerText(failure), /\.$/);
  }
});

test("families are called what users call them", () => {
  const failure = refused("conflict", 409);
  assert.match(objectFailure({ family: "metadataStore", name: "default" }, failure), /^Metadata store default: /);
  assert.match(objectFailure({ family: "localStore", name: "default" }, failure), /^Local store default: /);
  assert.match(objectFailure({ family: "adapter", name: "smb" }, failure), /^Adapter smb: /);
});
