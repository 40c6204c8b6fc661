import type { DittoFsFailure } from "../../../outside.ts";

/** What a test has the server answer, in place of what was asked. */
export const refusal = (
  code: "badRequest" | "unauthorized" | "forbidden" | "notFound" | "conflict",
): DittoFsFailure => ({
  code,
  request: "POST /x",
  status: { badRequest: 400, unauthorized: 401, forbidden: 403, notFound: 404, conflict: 409 }[code],
  detail: "the server's words",
});
export const noAnswer: DittoFsFailure = {
  code: "unavailable",
  request: "GET /x",
  because: "noAnswer",
  detail: "the connection was cut off",
};
export const serverError: DittoFsFailure = { ...noAnswer, because: "serverError", detail: "500 broken" };
