import assert from "node:assert/strict";
import { test } from "node:test";
import { auditedRequests, isUpkeep, isWrite, requestCounts } from "./audited-requests.ts";

const line = (changes: object): string =>
  JSON.stringify({
    kind: "Event",
    stage: "ResponseComplete",
    auditID: "a",
    requestURI: "/apis/apps/v1/namespaces/default/statefulsets/files",
    verb: "patch",
    user: {
      username: "system:serviceaccount:dittofs-system:dittofs-operator",
      extra: { "authentication.kubernetes.io/credential-id": ["JTI=1"] },
    },
    userAgent: "dittofs-operator",
    objectRef: { resource: "statefulsets", namespace: "default", name: "files" },
    responseStatus: { code: 200 },
    ...changes,
  });
const ofLines = (...lines: readonly string[]) => auditedRequests(`${lines.join("\n")}\n`);

test("a request is told with its user, token, verb, object and status", () => {
  assert.deepEqual(ofLines(line({})), [
    {
      user: "system:serviceaccount:dittofs-system:dittofs-operator",
      userAgent: "dittofs-operator",
      tokenId: "JTI=1",
      verb: "patch",
      resource: "statefulsets",
      namespace: "default",
      name: "files",
      status: 200,
      path: "/apis/apps/v1/namespaces/default/statefulsets/files",
    },
  ]);
});

test("a subresource is part of the resource's name, so that a status write differs from a write", () => {
  const [request] = ofLines(line({ objectRef: { resource: "dittoservers", subresource: "status" } }));
  assert.equal(request?.resource, "dittoservers/status");
});

const watch = { verb: "watch", objectRef: { resource: "pods" } };

test("a watch counts once, when it begins, and is not counted where it only ends", () => {
  const begun = line({ ...watch, stage: "ResponseStarted" });
  const ended = line(watch);
  assert.deepEqual(requestCounts(ofLines(begun, ended)), { "watch pods": 1 });
  assert.deepEqual(ofLines(ended), []);
});

test("renewals of watches and of the Lease are upkeep; making the Lease and everything else is not", () => {
  const requests = ofLines(
    line({ ...watch, stage: "ResponseStarted" }),
    line({ verb: "update", objectRef: { resource: "leases" } }),
    line({ verb: "create", objectRef: { resource: "leases" } }),
    line({ verb: "list", objectRef: { resource: "pods" } }),
    line({}),
  );
  assert.deepEqual(requestCounts(requests.filter((request) => !isUpkeep(request))), {
    "create leases": 1,
    "list pods": 1,
    "patch statefulsets": 1,
  });
});

test("reads are no writes, and every other verb is one", () => {
  const requests = ["get", "list", "create", "update", "patch", "delete", "deletecollection"].map((verb) =>
    line({ verb }),
  );
  assert.deepEqual(
    ofLines(...requests)
      .filter(isWrite)
      .map(({ verb }) => verb),
    ["create", "update", "patch", "delete", "deletecollection"],
  );
});

test("what is no resource is counted by its path", () => {
  const version = line({ verb: "get", requestURI: "/version", objectRef: undefined });
  assert.deepEqual(requestCounts(ofLines(version)), { "get /version": 1 });
});

test("an empty piece of the log has no requests", () => {
  assert.deepEqual(auditedRequests(""), []);
});
