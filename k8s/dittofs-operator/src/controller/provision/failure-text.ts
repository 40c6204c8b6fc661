import { titles } from "../../domain/provisioning/attempt.ts";
import type { ObjectRef } from "../../domain/provisioning/change.ts";
import type { DittoFsFailure, DittoFsUnavailable } from "../../outside.ts";

/** Why one object could not be made or changed: the object, what the server answered, and the next step. */
export function objectFailure(object: ObjectRef, failure: DittoFsFailure): string {
  const title = `${titles[object.family]} ${object.name}`;
  if (failure.code === "unavailable") return `${capitalised(title)}: ${answerText(failure)} It is tried again.`;
  const said = `the server answers ${failure.status} to ${failure.request}${quoted(failure.detail)}.`;
  const isBadStore = object.family === "remoteStore" && failure.code === "badRequest";
  return `${capitalised(title)}: ${said} ${isBadStore ? badRemoteStore : nextStep[failure.code]}`;
}

const badRemoteStore =
  "Correct it in stores.remote; an endpoint inside the cluster or a private network needs allowPrivateEndpoint: true. It is tried again.";

const nextStep = {
  badRequest: "Correct the spec, or what the answer names; it is tried again.",
  unauthorized: "It is tried again.",
  forbidden: "The account admin must have the role admin; give it back. It is tried again.",
  notFound: "What it refers to is missing on the server, or the server's version lacks the call; it is tried again.",
  conflict: "Something of this name exists or is in use; it is compared and tried again.",
} as const;

/** What the server, or the way to it, answered; a sentence. */
export function answerText(failure: DittoFsFailure): string {
  const { request, detail } = failure;
  if (failure.code !== "unavailable") return `The answer to ${request} is ${failure.status}${quoted(detail)}.`;
  return because[failure.because](request, detail);
}

const because: Readonly<Record<DittoFsUnavailable["because"], (request: string, detail: string) => string>> = {
  noAnswer: (request, detail) => `${request} got no answer: ${detail}.`,
  serverError: (request, detail) => `${request} failed on the server: ${detail.replace(/\.$/, "")}.`,
  unreadable: (request, detail) => `${request} got an unusable answer: ${detail}.`,
  busy: (request, detail) => `${request} is put off by the server, which is busy${quoted(detail)}.`,
};

function quoted(detail: string): string {
  return detail === "" ? "" : ` ("${detail}")`;
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
