import assert from "node:assert/strict";
import { test } from "node:test";
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
