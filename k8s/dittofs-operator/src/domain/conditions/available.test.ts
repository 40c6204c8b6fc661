import assert from "node:assert/strict";
import { test } from "node:test";
import { SealedText } from "../secrets/sealed-text.ts";
import { aServer } from "../testing/a-server.ts";
import { aPass, aReadyPod, aServingWorld } from "../testing/a-world.ts";
import { available } from "./available.ts";

test("what the kubelet says of an image and what to do about it are two sentences", () => {
  const waiting = { reason: "ImagePullBackOff", message: 'Back-off pulling image "dittofs:typo"' };
  const status = { name: "dittofs", image: "dittofs:typo", imageID: "", ready: false, restartCount: 0 };
  const pod = { ...aReadyPod(), status: { containerStatuses: [{ ...status, state: { waiting } }] } };
  assert.equal(
    available(aPass(aServingWorld({ pod }))).message,
    'Cannot get the image dittofs:typo: Back-off pulling image "dittofs:typo". Correct spec.image or spec.imagePullSecrets.',
  );
});

const place = { host: "db", port: "5432", database: "any", user: "u", password: new SealedText("hidden") };
const uri = { digest: "d", lengthBytes: 9, form: { kind: "postgresUri", place } } as const;
const inPostgres = aServer({
  stores: {
    metadata: [
      { name: "team", type: "postgres", postgres: { secretRef: { name: "pg", key: "uri" }, database: "team" } },
    ],
  },
});

for (const [name, server, exitCode, says] of [
  [
    "names the databases without which it ends",
    inPostgres,
    1,
    /0\. It ends at a metadata store .* team \(database team on db:5432\)\.$/,
  ],
  ["that was killed says nothing of databases", inPostgres, 137, /See kubectl logs files-0\.$/],
  ["without databases says nothing of them", aServer(), 1, /See kubectl logs files-0\.$/],
] as const)
  test(`a server that does not stay up ${name}`, () => {
    const state = { waiting: { reason: "CrashLoopBackOff" } };
    const lastState = { terminated: { exitCode, reason: "Error" } };
    const status = { name: "dittofs", image: "", imageID: "", ready: false, restartCount: 3, state, lastState };
    const pod = { ...aReadyPod(), status: { containerStatuses: [status] } };
    const secrets = new Map([["pg", { kind: "present", keys: new Map([["uri", uri]]) } as const]]);
    assert.match(available(aPass(aServingWorld({ server, pod, secrets }))).message, says);
  });
